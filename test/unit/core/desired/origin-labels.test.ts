import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigCache } from '../../../../src/core/select/alertmanager-config/cache.ts';
import { all, makeConfig, read, render, withBase } from './alertmanager-configs.ts';
import type { World } from './alertmanager-configs.ts';

const receivers = [{ name: 'pager' }];
const team = makeConfig('shop/team', { route: { receiver: 'pager', routes: [{ receiver: 'pager' }] }, receivers });
const secrets = withBase('{ route: { receiver: own }, receivers: [{ name: own }] }');
const world: World = { configs: [team], secrets, version: '0.34.0', hasOriginLabels: true };
const labels = { alertmanagerconfig_namespace: 'shop', alertmanagerconfig_name: 'team' };

const pick = (given: World): unknown => {
  const config = read(render(given)) as {
    route: { labels?: unknown; routes?: { labels?: unknown; routes?: { labels?: unknown }[] }[] };
    receivers: { name: string; labels?: unknown }[];
  };
  const [top] = config.route.routes ?? [];
  return {
    root: config.route.labels,
    top: top?.labels,
    below: top?.routes?.[0]?.labels,
    receivers: config.receivers.map((one) => [one.name, one.labels]),
  };
};

describe('origin labels', () => {
  it('stand at receivers and at the top route of an object, not at those of the own configuration', () => {
    assert.deepEqual(pick(world), {
      ...{ root: undefined, top: labels, below: undefined },
      receivers: [
        ['own', undefined],
        ['shop/team/pager', labels],
      ],
    });
  });

  it('stand at the root when an object is the base: others say their own', () => {
    const spec = { ...all, alertmanagerConfiguration: { name: 'base' } };
    const base = makeConfig('monitoring/base', { route: { receiver: 'own' }, receivers: [{ name: 'own' }] });
    const own = { alertmanagerconfig_namespace: 'monitoring', alertmanagerconfig_name: 'base' };
    assert.deepEqual(pick({ ...world, spec, configs: [base, team] }), {
      ...{ root: own, top: labels, below: undefined },
      receivers: [
        ['monitoring/base/own', own],
        ['shop/team/pager', labels],
      ],
    });
  });

  it('are what the version reads: of receivers from 0.33 on, of routes from 0.34 on; nothing is warned of', () => {
    const has = (version: string): readonly boolean[] => {
      const rendered = render({ ...world, version });
      assert.deepEqual([rendered.warnings, rendered.rejected], [[], []]);
      const { top, receivers: named } = pick({ ...world, version }) as { top: unknown; receivers: [string, unknown][] };
      return [top !== undefined, named[1]?.[1] !== undefined];
    };
    assert.deepEqual(['0.32.1', '0.33.0', '0.33.1', '0.34.0', '0.35.0'].map(has), [
      [false, false],
      [false, true],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it('come and go with the gate, also from what is remembered', () => {
    const cache = new ConfigCache();
    const [off, on, offAgain] = [false, true, false].map((hasOriginLabels) =>
      render({ ...world, hasOriginLabels, cache }).config.toString(),
    );
    assert.ok(on?.includes('alertmanagerconfig_name'));
    assert.equal(off?.includes('labels'), false);
    assert.equal(offAgain, off);
  });
});
