import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { holdFix } from '../../../../src/core/explain/fix-rules.ts';
import {
  advise,
  asGuess,
  createObject,
  deleteObject,
  removeField,
  setField,
} from '../../../../src/core/explain/fixes.ts';
import type { ObjectName } from '../../../../src/core/explain/model.ts';

const nameOf = (kind: string): ObjectName => ({ kind, namespace: 'shop', name: 'checkout' });
const monitor = nameOf('ServiceMonitor');
const role = { kind: 'Role', metadata: { name: 'a' } };

describe('holdFix', () => {
  it('lets a program set a value of a monitor, of rules and of routes', () => {
    for (const kind of [
      'ServiceMonitor',
      'PodMonitor',
      'Probe',
      'ScrapeConfig',
      'PrometheusRule',
      'AlertmanagerConfig',
    ])
      assert.equal(holdFix(setField(nameOf(kind), 'metadata.labels.release', 'main')), undefined, kind);
  });

  it('holds everything else, and says why', () => {
    const held: readonly (readonly [ReturnType<typeof setField>, string])[] = [
      [advise(monitor, 'look'), 'people alone can do it'],
      [createObject({ ...role, kind: 'ServiceMonitor' }, ''), 'it makes an object'],
      [createObject(role, ''), 'it grants rights'],
      [createObject({ kind: 'List', metadata: {}, items: [{ kind: 'Pod' }, role] } as never, ''), 'it grants rights'],
      [deleteObject(monitor, ''), 'it deletes an object'],
      [removeField(monitor, 'spec.endpoints[0].relabelings[0]'), 'it takes out what somebody wrote'],
      [setField(nameOf('ClusterRole'), 'rules[0].resources', ['pods']), 'it grants rights'],
      [
        setField(nameOf('Prometheus'), 'spec.arbitraryFSAccessThroughSMs.deny', false),
        'it concerns all that the workload selects',
      ],
      [setField(nameOf('Namespace'), 'metadata.labels.team', 'a'), 'labels of a Namespace concern all that is in it'],
      [setField(nameOf('Secret'), 'data.a', 'b'), 'others may read the object'],
      [
        setField(nameOf('Service'), 'spec.selector', { a: 'b' }),
        'it changes what the application runs with, not what watches it',
      ],
      [setField(nameOf('AlertmanagerConfig'), 'spec.route.continue', true), 'it changes who is notified'],
      [
        setField(nameOf('PrometheusRule'), 'spec.groups[0].rules[0].labels.severity', 'critical'),
        'it changes who is notified',
      ],
      [setField(monitor, 'spec.namespaceSelector', { any: true }), 'it looks into more namespaces'],
      [
        setField(monitor, 'spec.endpoints[0].relabelings', [{ targetLabel: '__tmp_disable_sharding' }]),
        'every shard would scrape the targets',
      ],
      [
        asGuess(setField(monitor, 'spec.endpoints[0].port', 'web'), true),
        'it is a guess: nothing comes near, or several do',
      ],
    ];
    for (const [fix, why] of held) assert.equal(holdFix(fix), why);
  });
});
