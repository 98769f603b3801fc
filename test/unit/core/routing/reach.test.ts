import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { readRouting } from '../../../../src/core/alertmanager-config/read-routing.ts';
import { Matching, writeMatcher } from '../../../../src/core/routing/matching.ts';
import { listReachable } from '../../../../src/core/routing/reach.ts';
import { readLabels } from '../../../../src/core/routing/read-labels.ts';
import { listAnswers, walkRoutes } from '../../../../src/core/routing/walk.ts';
import { createRandom } from '../../../e2e/support/odd-configs.ts';
import { Draw } from '../../../e2e/support/random.ts';
import { drawLabels, makeBase } from '../../../e2e/support/route-trees.ts';

const version = Version.parse('0.35.0');
const matching = new Matching();

function reach(routes: string, ...known: readonly string[]): string[] {
  const { root } = readRouting(`{ route: { receiver: a, routes: [${routes}] }, receivers: [{ name: a }] }`, version);
  return listReachable(root, readLabels(known), matching).map(({ route, conditions, isCertain }) => {
    const when = conditions.map(writeMatcher).join(' ');
    return `${route.path.replaceAll('.routes', '')}${isCertain ? ' always' : ''}${when === '' ? '' : ` ${when}`}`;
  });
}

describe('routes that an alert can reach', () => {
  it('depend on labels that are not known', () => {
    assert.deepEqual(reach('{ matchers: [a=1, b=2] }, { matchers: [c=3] }', 'a=1'), [
      'route[0] b="2"',
      'route[1] c="3"',
      'route',
    ]);
    assert.deepEqual(reach('{ matchers: [a=1] }', 'a=1'), ['route[0] always']);
    assert.deepEqual(reach('{ matchers: [a=1] }', 'a=2'), ['route always']);
  });

  it('do not lie behind one that takes all that they would', () => {
    assert.deepEqual(reach('{ matchers: [\'a=~"1.*"\'] }, { matchers: [\'a=~"1.*"\', b=2] }'), [
      'route[0] a=~"1.*"',
      'route',
    ]);
    assert.deepEqual(reach('{ matchers: [\'a!="1"\'] }, { matchers: [a=2], routes: [{ matchers: [b=1] }] }'), [
      'route[0] a!="1"',
      'route',
    ]);
    assert.deepEqual(reach('{ matchers: [a=1], continue: true }, { matchers: [a=1] }', 'a=1'), [
      'route[0] always',
      'route[1] always',
    ]);
  });

  it('do not contradict those above them', () => {
    const inner = '{ matchers: [a=2] }, { matchers: [\'a!="1"\'] }, { matchers: [\'a=~"1|2"\'] }';
    assert.deepEqual(reach(`{ matchers: [a=1], routes: [${inner}] }`), ['route[0][2] a="1"', 'route']);
    assert.deepEqual(
      reach('{ matchers: [\'a=~"x.*"\'], routes: [{ matchers: [\'a!~"x.*"\'] }, { matchers: [a=y] }] }'),
      ['route[0] a=~"x.*"', 'route'],
    );
  });

  it('are at least those of every alert with these labels, and those that are certain of each of them', (test) => {
    const draw = new Draw(createRandom(20_264));
    const counts = { alerts: 0, reached: 0, certain: 0 };
    for (let at = 0; at < 60; at++) {
      const { root } = readRouting(makeBase(draw), version);
      for (let one = 0; one < 10; one++) {
        const known = new Map([...drawLabels(draw)].filter(() => draw.chance(0.5)));
        const found = listReachable(root, known, matching);
        const possible = new Set(found.map(({ route }) => route.path));
        const certain = found.filter(({ isCertain }) => isCertain).map(({ route }) => route.path);
        for (let completion = 0; completion < 20; completion++) {
          const labels = new Map([...drawLabels(draw), ...known]);
          const paths = listAnswers(walkRoutes(root, labels, matching)).map(({ path }) => path);
          assert.deepEqual(
            paths.filter((path) => !possible.has(path)),
            [],
            `config ${at}: ${JSON.stringify([...labels])}`,
          );
          assert.deepEqual(
            certain.filter((path) => !paths.includes(path)),
            [],
            `config ${at}: ${JSON.stringify([...labels])}`,
          );
          counts.alerts += 1;
          counts.reached += paths.length;
        }
        counts.certain += certain.length;
      }
    }
    test.diagnostic(JSON.stringify(counts));
    assert.ok(counts.certain > 100, 'hardly anything is certain');
  });
});
