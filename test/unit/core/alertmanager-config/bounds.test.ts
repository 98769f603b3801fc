import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { YamlValue } from '../../../../src/base/yaml-writer.ts';
import { loadAlertmanagerConfig } from '../../../../src/core/alertmanager-config/load.ts';
import { judge } from './fixtures.ts';

/** Milliseconds; generous, as the rules are about orders of magnitude: what is not linear takes minutes here. */
const patience = 5_000;

function timed(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

describe('hostile configurations', () => {
  it('aliases that blow up are refused, as Go refuses them, where the text is read', () => {
    const levels = ['&a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level++)
      levels.push(
        `&a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    const bomb = `templates: [${levels.join(', ')}]`;
    const took = timed(() =>
      assert.match(judge(bomb), /its aliases stand for 490329036 values, at most 250000 are possible/),
    );
    assert.ok(took < patience, `${took} ms`);
  });

  it('an anchor that contains itself is refused', () => {
    assert.match(judge('route: &r { receiver: a, routes: [*r] }'), /an alias stands inside of what it stands for/);
  });

  it('routes may be deep, but not without end', () => {
    const nest = (depth: number): YamlValue => (depth === 0 ? {} : { routes: [nest(depth - 1)] });
    const load = (depth: number): string =>
      judge({ route: { receiver: 'a', routes: [nest(depth)] }, receivers: [{ name: 'a' }] });
    assert.equal(load(200), 'ok');
    assert.match(load(1000), /nested too deeply: at most 500 levels are possible/);
  });

  it('10,000 routes and 5 MB of text take no time to speak of', () => {
    const routes = Array.from({ length: 10_000 }, (_, index) => ({
      receiver: 'a',
      matchers: [`team="t${index}"`, 'severity=~"a|b"'],
      group_by: ['a', 'b', 'c'],
    }));
    const slack = { api_url: 'http://a', text: '{{ x }} '.repeat(650_000) };
    const config = { route: { receiver: 'a', routes }, receivers: [{ name: 'a', slack_configs: [slack] }] };
    const took = timed(() => assert.deepEqual(loadAlertmanagerConfig(config), { ok: true }));
    assert.ok(took < patience, `${took} ms`);
  });

  const long: Readonly<Record<string, string>> = {
    'blanks in a matcher': `a${' '.repeat(200_000)}=b${' '.repeat(200_000)}c`,
    'backslashes in a matcher': `a="${'\\'.repeat(400_001)}"`,
    'quotes in a matcher': `a=${'"'.repeat(400_001)}`,
    'commas in a matcher': `a=b${',c=d'.repeat(100_000)}`,
    'braces in a matcher': '{'.repeat(400_000),
  };
  for (const [what, matcher] of Object.entries(long))
    it(`${what} cost linear time`, () => {
      const config = { route: { receiver: 'a', routes: [{ matchers: [matcher] }] }, receivers: [{ name: 'a' }] };
      const took = timed(() => loadAlertmanagerConfig(config));
      assert.ok(took < patience, `${took} ms`);
    });

  it('many labels to group by cost linear time', () => {
    const group_by = Array.from({ length: 200_000 }, (_, index) => `l${index}`);
    const config = { route: { receiver: 'a', group_by }, receivers: [{ name: 'a' }] };
    const took = timed(() => assert.deepEqual(loadAlertmanagerConfig(config), { ok: true }));
    assert.ok(took < patience, `${took} ms`);
  });
});
