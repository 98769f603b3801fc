/** What Alertmanager tells of itself: traces, and since 0.33 a record of events. */
import { boolean, duration, float, integer, oneOf, text, texts } from '../prometheus-config/scalars.ts';
import { headers, tls } from '../prometheus-config/client-shape.ts';
import { Fields, keysOf, listOf, mapping, refuseIf } from '../prometheus-config/shape.ts';
import type { KeyCheck, LoadContext } from '../prometheus-config/shape.ts';
import { asMapping } from '../prometheus-config/values.ts';
import { httpConfig, secretUrl, textsOf } from './alertmanager-scalars.ts';
import { describe, hasNone } from './alertmanager-shape.ts';

const clientType = oneOf(
  ['http', 'grpc'],
  (found) => `expected tracing client type to be to be http or grpc, but got ${found}`,
);

export const tracing: KeyCheck = mapping(
  describe('tracing.plain', {
    keys: [
      ...keysOf(clientType, 'client_type'),
      ...keysOf(text, 'endpoint', 'compression'),
      ...keysOf(float, 'sampling_fraction'),
      ...keysOf(boolean, 'insecure'),
      ...keysOf(tls, 'tls_config'),
      ...keysOf(headers, 'headers'),
      ...keysOf(duration, 'timeout'),
    ],
    check(fields) {
      refuseIf(hasNone(fields, 'endpoint'), 'tracing endpoint must be set');
      const compression = fields.text('compression');
      refuseIf(
        !['', 'gzip'].includes(compression),
        `invalid compression type ${compression} provided, valid options: gzip`,
      );
    },
  }),
);

/** Outputs have names since 0.35, and must have them then. */
const named = { keys: keysOf(text, 'name'), since: { '0.35.0': ['name'] } } as const;

function wantName(fields: Fields, kind: string, { version }: LoadContext): void {
  refuseIf(version.isAtLeast('0.35.0') && hasNone(fields, 'name'), `event_recorder ${kind} output requires a name`);
}

const fileOutput = describe('eventrecorder.plain', {
  ...named,
  keys: [...named.keys, ...keysOf(text, 'path')],
  check(fields, context) {
    wantName(fields, 'file', context);
    refuseIf(hasNone(fields, 'path'), 'event_recorder file output requires a path');
  },
});

const stdoutOutput = describe('eventrecorder.StdoutOutputConfig', {
  ...named,
  check: (fields, context) => wantName(fields, 'stdout', context),
});

const batchSettings = ['batch_max_events', 'batch_max_bytes'];

const webhookOutput = describe('eventrecorder.plain', {
  keys: [
    ...named.keys,
    ...keysOf(secretUrl, 'url'),
    ...keysOf(httpConfig, 'http_config'),
    ...keysOf(duration, 'timeout', 'retry_backoff', 'batch_flush_interval'),
    ...keysOf(integer, 'workers', 'max_retries', ...batchSettings),
    ...keysOf(boolean, 'batch'),
  ],
  since: { '0.34.0': ['batch', ...batchSettings, 'batch_flush_interval'], ...named.since },
  check(fields, context) {
    wantName(fields, 'webhook', context);
    refuseIf(!fields.has('url'), 'event_recorder webhook output requires a url');
    refuseIf(fields.text('url') === '<secret>', 'event_recorder webhook output requires an absolute http(s) url');
    const settings = [
      ...batchSettings.map((key) => Math.trunc(fields.number(key, 0))),
      fields.milliseconds('batch_flush_interval', 0),
    ];
    refuseIf(
      settings.some((one) => one < 0),
      'event_recorder webhook batch settings cannot be negative',
    );
    refuseIf(
      !fields.isTrue('batch') && settings.some((one) => one !== 0),
      'event_recorder webhook batch settings require batch: true',
    );
  },
});

const codecs = ['', 'none', 'gzip', 'snappy', 'lz4', 'zstd'];

const kafkaOutput = describe('eventrecorder.plain', {
  keys: [
    ...named.keys,
    ...keysOf(texts, 'brokers'),
    ...keysOf(text, 'topic', 'client_id', 'format', 'acks', 'compression'),
    ...keysOf(integer, 'buffer_size'),
    ...keysOf(tls, 'tls_config'),
  ],
  since: named.since,
  check(fields, context) {
    wantName(fields, 'kafka', context);
    const brokers = textsOf(fields.list('brokers'));
    refuseIf(brokers.length === 0, 'event_recorder kafka: at least one broker is required');
    refuseIf(brokers.includes(''), 'event_recorder kafka: broker entries must be non-empty');
    const refuseUnless = (key: string, words: readonly string[]): void =>
      refuseIf(!words.includes(fields.text(key)), `event_recorder kafka: unknown ${key} "${fields.text(key)}"`);
    refuseUnless('acks', ['', 'none', 'leader', 'all']);
    refuseUnless('compression', codecs);
    refuseIf(hasNone(fields, 'topic'), 'event_recorder kafka output requires a topic');
    refuseUnless('format', ['', 'json', 'protobuf']);
  },
});

const outputs = { file: fileOutput, webhook: webhookOutput, kafka: kafkaOutput, stdout: stdoutOutput };

export const eventRecorder: KeyCheck = mapping(
  describe('eventrecorder.Config', {
    keys: Object.entries(outputs).flatMap(([kind, shape]) => keysOf(listOf(mapping(shape)), `${kind}_outputs`)),
    since: { '0.34.0': ['stdout_outputs'] },
    check(fields, { version }) {
      if (version.isBelow('0.35.0')) return;
      for (const kind of Object.keys(outputs)) checkNames(fields, kind);
    },
  }),
);

function checkNames(fields: Fields, kind: string): void {
  const seen = new Set<string>();
  for (const output of fields.list(`${kind}_outputs`)) {
    const name = new Fields(asMapping(output, kind)).text('name');
    refuseIf(name === '', `event_recorder ${kind} output requires a name`);
    refuseIf(seen.has(name), `event_recorder output name "${name}" is duplicated for type ${kind}`);
    seen.add(name);
  }
}
