import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeServer, makeStatefulSet } from './fixtures.ts';

const objectStorageConfig = { name: 'bucket', key: 'thanos.yaml' };

/** Arguments about compaction and blocks, of Prometheus and its sidecar. */
function argumentsOf(prometheus: string, thanos: string): string[] {
  const server = makeServer({ version: prometheus, thanos: { version: thanos, objectStorageConfig } });
  const { containers } = makeStatefulSet(server).spec.template.spec;
  return containers.flatMap(({ args = [] }) => args.filter((one) => /block-duration|delay-compact|shipper/.test(one)));
}

const disabled = ['--storage.tsdb.max-block-duration=2h', '--storage.tsdb.min-block-duration=2h'];
const delayed = [
  '--storage.tsdb.delay-compact-file.path=/prometheus/thanos.shipper.json',
  '--shipper.meta-file-name=thanos.shipper.json',
  '--shipper.ignore-unequal-block-size',
];

describe('compaction beside a sidecar that uploads', () => {
  it('is delayed when both know how, and off otherwise: a sidecar of 0.41 would end again and again', () => {
    assert.deepEqual(argumentsOf('v3.9.0', 'v0.42.0').sort(), [...delayed].sort());
    assert.deepEqual(argumentsOf('v3.9.0', 'v0.41.0').sort(), disabled);
    assert.deepEqual(argumentsOf('v3.8.1', 'v0.42.0').sort(), disabled);
  });
});
