import { checkClient, clientKeys, tls } from './client-shape.ts';
import type { RelabelRule } from '../relabel/rule.ts';
import type { SdConfig } from '../targets/sd-config.ts';
import { checkStaticTargets, discoveryKeys, listDiscovery } from './discovery-shapes.ts';
import { relabelRules } from './relabel-config.ts';
import { checkHeaders, sigv4Shape } from './remote-shapes.ts';
import { boolean, bytes, duration, float, integer, oneOf, text, textMap, texts } from './scalars.ts';
import { describe, keysOf, listOf, mapping, refuseIf } from './shape.ts';
import type { Fields, KeyCheck } from './shape.ts';
import { ConfigError } from './values.ts';

/** Sections of prometheus.yml that are about Prometheus itself. */

const retentionShape = describe('config.plain', {
  keys: [...keysOf(duration, 'time'), ...keysOf(bytes, 'size'), ...keysOf(float, 'percentage')],
  check(fields) {
    const percentage = fields.number('percentage', 0);
    refuseIf(
      percentage < 0 || percentage > 100,
      `'storage.tsdb.retention.percentage' must be in the range [0, 100], got ${percentage}`,
    );
  },
});

const floats = oneOf(
  ['', 'xor', 'xor2'],
  (found) =>
    `'storage.tsdb.chunk_encoding.floats' must be 'xor' or 'xor2', or the field must be omitted entirely, got "${found}"`,
);

const tsdbShape = describe('config.plain', {
  keys: [
    ...keysOf(duration, 'out_of_order_time_window'),
    ...keysOf(float, 'stale_series_compaction_threshold'),
    ...keysOf(mapping(describe('config.ChunkEncodingConfig', { keys: keysOf(floats, 'floats') })), 'chunk_encoding'),
    ...keysOf(mapping(retentionShape), 'retention'),
  ],
});

const storageShape = describe('config.StorageConfig', {
  keys: [
    ...keysOf(mapping(tsdbShape), 'tsdb'),
    ...keysOf(mapping(describe('config.ExemplarsConfig', { keys: keysOf(integer, 'max_exemplars') })), 'exemplars'),
  ],
});

const clientType = oneOf(
  ['http', 'grpc'],
  (found) => `expected tracing client type to be to be http or grpc, but got ${found}`,
);

const tracingShape = describe('config.plain', {
  keys: [
    ...keysOf(clientType, 'client_type'),
    ...keysOf(text, 'endpoint'),
    ...keysOf(float, 'sampling_fraction'),
    ...keysOf(boolean, 'insecure'),
    ...keysOf(tls, 'tls_config'),
    ...keysOf(textMap, 'headers'),
    ...keysOf(
      oneOf(['', 'gzip'], (found) => `invalid compression type ${found} provided, valid options: gzip`),
      'compression',
    ),
    ...keysOf(duration, 'timeout'),
  ],
  check(fields) {
    checkHeaders(fields, 'custom authorization header configuration is not yet supported');
    refuseIf(fields.text('endpoint') === '', 'tracing endpoint must be set');
  },
});

const strategies = [
  ...['NoUTF8EscapingWithSuffixes', 'NoTranslation', 'UnderscoreEscapingWithSuffixes'],
  ...['UnderscoreEscapingWithoutSuffixes', ''],
];

function checkAttributes(fields: Fields, key: string, adjective: string): void {
  const seen = new Set<string>();
  for (const one of fields.list(key)) {
    const name = text(one).trim();
    const prefix = `invalid '${key}':`;
    refuseIf(name === '', `${prefix} empty ${adjective} OTel resource attribute`);
    refuseIf(seen.has(name), `${prefix} duplicated ${adjective} OTel resource attribute "${name}"`);
    seen.add(name);
  }
}

const otlpShape = describe('config.plain', {
  keys: [
    ...keysOf(texts, 'promote_resource_attributes', 'ignore_resource_attributes'),
    ...keysOf(
      oneOf(strategies, (found) => `unsupported OTLP translation strategy "${found}"`),
      'translation_strategy',
    ),
    ...keysOf(boolean, 'promote_all_resource_attributes', 'keep_identifying_resource_attributes'),
    ...keysOf(boolean, 'convert_histograms_to_nhcb', 'promote_scope_metadata', 'label_name_underscore_sanitization'),
    ...keysOf(boolean, 'label_name_preserve_multiple_underscores'),
  ],
  check(fields, { scheme }) {
    const strategy = fields.text('translation_strategy');
    refuseIf(
      scheme === 'legacy' && (strategy === 'NoTranslation' || strategy === 'NoUTF8EscapingWithSuffixes'),
      `OTLP translation strategy "${strategy}" is not allowed when UTF8 is disabled`,
    );
    if (fields.isTrue('promote_all_resource_attributes')) {
      refuseIf(
        fields.list('promote_resource_attributes').length > 0,
        "'promote_all_resource_attributes' and 'promote_resource_attributes' cannot be configured simultaneously",
      );
      checkAttributes(fields, 'ignore_resource_attributes', 'ignored');
      return;
    }
    refuseIf(
      fields.list('ignore_resource_attributes').length > 0,
      "'ignore_resource_attributes' cannot be configured unless 'promote_all_resource_attributes' is true",
    );
    checkAttributes(fields, 'promote_resource_attributes', 'promoted');
  },
});

const apiVersion: KeyCheck = (value, { version }) => {
  const known = version.isBelow('3.0.0') ? ['v1', 'v2'] : ['v2'];
  const found = text(value);
  if (!known.includes(found))
    throw new ConfigError(`expected Alertmanager api version to be one of [${known.join(' ')}] but got ${found}`);
};

/** How Prometheus finds Alertmanagers by one entry of `alerting.alertmanagers`. */
export interface LoadedAlertmanagers {
  readonly discovery: readonly SdConfig[];
  /** Of what is discovered. */
  readonly relabelRules: readonly RelabelRule[];
  /** Of the alerts that are sent there. */
  readonly alertRelabelRules: readonly RelabelRule[];
}

/** What decides about which alerts are sent, and to whom. */
export interface LoadedAlerting {
  /** Of all alerts. */
  readonly alertRelabelRules: readonly RelabelRule[];
  readonly alertmanagers: readonly LoadedAlertmanagers[];
}

const alertmanagerShape = describe('config.AlertmanagerConfig', {
  keys: [
    ...discoveryKeys,
    ...clientKeys,
    ...keysOf(mapping(sigv4Shape), 'sigv4'),
    ...keysOf(text, 'scheme', 'path_prefix'),
    ...keysOf(duration, 'timeout'),
    ...keysOf(apiVersion, 'api_version'),
    ...keysOf(relabelRules('empty or null Alertmanager target relabeling rule'), 'relabel_configs'),
    ...keysOf(relabelRules('empty or null Alertmanager alert relabeling rule'), 'alert_relabel_configs'),
  ],
  check(fields) {
    checkClient(fields);
    // A bearer token has become an authorization by then.
    const ways = ['basic_auth', 'authorization', 'oauth2'].some((key) => fields.has(key));
    const hasToken = fields.text('bearer_token') !== '' || fields.text('bearer_token_file') !== '';
    refuseIf(
      fields.has('sigv4') && (ways || hasToken),
      'at most one of basic_auth, authorization, oauth2, & sigv4 must be configured',
    );
    checkStaticTargets(fields);
  },
  read: (values): LoadedAlertmanagers => ({
    discovery: listDiscovery(values),
    relabelRules: values.relabel_configs ?? [],
    alertRelabelRules: values.alert_relabel_configs ?? [],
  }),
});

const alertingShape = describe('config.plain', {
  keys: [
    ...keysOf(relabelRules('empty or null alert relabeling rule'), 'alert_relabel_configs'),
    ...keysOf(listOf(mapping(alertmanagerShape)), 'alertmanagers'),
  ],
  read: (values): LoadedAlerting => ({
    alertRelabelRules: values.alert_relabel_configs ?? [],
    alertmanagers: (values.alertmanagers ?? []).flatMap((one) => one ?? []),
  }),
});

const logLevel = oneOf(['debug', 'info', 'warn', 'error', ''], (found) => `unrecognized log level ${found}`);

const runtimeShape = describe('config.RuntimeConfig', {
  keys: [...keysOf(integer, 'gogc'), ...keysOf(logLevel, 'log_level')],
});

/** Sections and their checks; what stands between several is looked at by their user. */
export const workloadSections = [
  ...keysOf(mapping(runtimeShape), 'runtime'),
  ...keysOf(mapping(storageShape), 'storage'),
  ...keysOf(mapping(alertingShape), 'alerting'),
  ...keysOf(mapping(tracingShape), 'tracing'),
  ...keysOf(mapping(otlpShape), 'otlp'),
];
