import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { customKinds } from '../../../src/api/kinds.ts';
import { Version } from '../../../src/base/version.ts';
import { AssetStore } from '../../../src/core/assets/store.ts';
import { RegexpCache } from '../../../src/core/relabel/regexp-cache.ts';
import { mechanisms } from '../../../src/core/render/prometheus/config/discovery/mechanisms.ts';
import { gates } from '../../../src/core/render/prometheus/config/gates.ts';
import type { Gate, GateName } from '../../../src/core/render/prometheus/config/gates.ts';

/** Gates of fields whose key has another name; several where the key depends on the kind. */
const otherGates: Readonly<Record<string, readonly GateName[]>> = {
  'alertmanagers.alertRelabelings': ['alertmanagers.alert_relabel_configs'],
  'attachMetadata.node': ['attach_metadata of pods'],
  'azureAd.oauth': ['azuread.oauth'],
  'azureAd.scope': ['azuread.scope'],
  'azureAd.sdk': ['azuread.sdk'],
  'azureAd.workloadIdentity': ['azuread.workload_identity'],
  'client.maxVersion': ['tls_config.max_version'],
  'client.minVersion': ['tls_config.min_version'],
  'queueConfig.retryOnRateLimit': ['queue_config.retry_on_http_429'],
  'remoteWrite.azureAd': ['azuread'],
  'remoteWrite.messageVersion': ['protobuf_message'],
  'sigv4.useFIPSSTSEndpoint': ['sigv4.use_fips_sts_endpoint'],
  'spec.bodySizeLimit': ['body_size_limit', 'global limits'],
  'spec.convertClassicHistogramsToNHCB': [
    'convert_classic_histograms_to_nhcb',
    'global.convert_classic_histograms_to_nhcb',
  ],
  'spec.enforcedBodySizeLimit': ['body_size_limit'],
  'spec.enforcedKeepDroppedTargets': ['keep_dropped_targets'],
  'spec.enforcedLabelLimit': ['label_limit'],
  'spec.enforcedLabelNameLengthLimit': ['label_name_length_limit'],
  'spec.enforcedLabelValueLengthLimit': ['label_value_length_limit'],
  'spec.enforcedTargetLimit': ['target_limit'],
  'spec.exemplars': ['storage'],
  'spec.nameEscapingScheme': ['metric_name_escaping_scheme'],
  'spec.nameValidationScheme': ['metric_name_validation_scheme'],
  'spec.otlp': ['promote_resource_attributes'],
  'spec.retentionPercentage': ['storage.tsdb.retention.percentage'],
  'spec.scrapeClassicHistograms': ['scrape_classic_histograms', 'global.always_scrape_classic_histograms'],
};

const byMechanism = 'checked by the mechanism';

/** Fields that are no keys of prometheus.yml, or that the check of a mechanism judges. */
const elsewhere: Readonly<Record<string, string>> = {
  'azureSDConfigs.resourceGroup': byMechanism,
  'consulSDConfigs.filter': byMechanism,
  'consulSDConfigs.healthFilter': byMechanism,
  'consulSDConfigs.namespace': byMechanism,
  'consulSDConfigs.pathPrefix': byMechanism,
  'kumaSDConfigs.clientID': byMechanism,
  'groups.labels': 'a rule file',
  'groups.limit': 'a rule file',
  'groups.query_offset': 'a rule file',
  'rules.keep_firing_for': 'a rule file',
  'query.maxSamples': 'an argument',
  'spec.enableFeatures': 'an argument',
  'spec.enableOTLPReceiver': 'an argument',
  'spec.enableRemoteWriteReceiver': 'an argument',
  'spec.remoteWriteReceiverMessageVersions': 'an argument',
  'spec.retentionSize': 'an argument',
  'spec.walCompression': 'an argument',
  'web.pageTitle': 'an argument',
};

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly since?: string;
}

interface Note {
  /** The field with the one above it: "queueConfig.maxShards". */
  readonly field: string;
  readonly since: string;
}

const inside = (node: Node): Node =>
  node.items !== undefined
    ? inside(node.items)
    : typeof node.additionalProperties === 'object'
      ? inside(node.additionalProperties)
      : node;

function* listNotes({ properties = {} }: Node, parent = ''): Generator<Note> {
  for (const [name, node] of Object.entries(properties)) {
    const since = /^Prometheus (\d[\d.]*\d)/.exec(node.since ?? '')?.[1];
    if (since !== undefined) yield { field: `${parent}.${name}`, since };
    yield* listNotes(inside(node), name);
  }
}

const snakeCase = (name: string): string =>
  name
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

function gatesOf(field: string): string[] {
  const [parent = '', name = ''] = field.split('.').map(snakeCase);
  return [`${parent}.${name}`, `${parent}s.${name}`, name].filter((one) => Object.hasOwn(gates, one));
}

const versionsOf = (names: readonly string[]): (string | undefined)[] =>
  names.map((name) => (gates as Readonly<Record<string, Gate>>)[name]?.since);

const notes = customKinds.flatMap(({ versions }) => versions.flatMap(({ schema }) => [...listNotes(schema as Node)]));

/** Whether a mechanism refuses an item for one of its fields, as this version has none. */
function isRefused(field: string, version: string): boolean {
  const [parent, name = ''] = field.split('.');
  const mechanism = mechanisms.find((one) => one.field === parent);
  const assets = new AssetStore({ secrets: [], configMaps: [] });
  const scope = { assets, regexps: new RegexpCache(), namespace: 'a', version: Version.parse(version) };
  const found = mechanism?.check({ server: 'http://a', [name]: 'a' } as never, '', scope) ?? [];
  return [...found].some((one) => one?.reason === 'UnsupportedVersion' && one.field === `.${name}`);
}

describe('the notes of the API on versions of Prometheus', () => {
  it('say what the gates say', () => {
    const wrong = notes.flatMap(({ field, since }) => {
      const mechanism = mechanisms.find((one) => `spec.${one.field}` === field);
      const names = otherGates[field] ?? gatesOf(field);
      if (elsewhere[field] !== undefined && names.length === 0) return [];
      const known = mechanism === undefined ? versionsOf(names) : [mechanism.since];
      return known.includes(since)
        ? []
        : [`${field}: since ${since}, the gate says ${known.join(' or ') || 'nothing'}`];
    });
    assert.ok(notes.length > 300, `${notes.length} notes`);
    assert.deepEqual([...new Set(wrong)], []);
  });

  it('say what the checks of mechanisms say', () => {
    const checked = notes.filter(({ field }) => elsewhere[field] === byMechanism);
    const wrong = checked.filter(({ field, since }) => !isRefused(field, `${since}-0`) || isRefused(field, since));
    assert.deepEqual(wrong, []);
    assert.ok(checked.length > 5, `${checked.length} notes`);
  });

  it('are all that the lists of exceptions name', () => {
    const fields = new Set(notes.map(({ field }) => field));
    const named = [...Object.keys(otherGates), ...Object.keys(elsewhere)];
    assert.deepEqual(
      named.filter((field) => !fields.has(field)),
      [],
    );
  });
});
