import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete } from '../../../../src/base/interruptible.ts';
import type { RouteAnswer } from '../../../../src/core/routing/answer.ts';
import { answerRoute } from '../../../../src/core/routing/answer.ts';
import { readLabels } from '../../../../src/core/routing/read-labels.ts';
import { restrictAnswer, restrictTree } from '../../../../src/core/routing/restrict-routes.ts';
import { describeTree } from '../../../../src/core/routing/route-tree.ts';
import { openTeams } from './teams-scene.ts';

const alertmanager = { namespace: 'monitoring', name: 'main' };
const { scene } = openTeams();

const answer = (...labels: readonly string[]): RouteAnswer =>
  complete(answerRoute(scene, { labels: readLabels(labels), at: 0, zone: 'UTC', firing: [], silences: [], notes: [] }));
const tree = complete(describeTree(scene));

/** Sees these kinds in these namespaces: "AlertmanagerConfig shop". */
const seesOnly =
  (...places: readonly string[]) =>
  (kind: string, namespace: string): boolean =>
    places.includes(`${kind} ${namespace}`);
const tenant = seesOnly('AlertmanagerConfig shop');

describe('routes as far as they may be seen', () => {
  it('are all of them, unchanged, for who sees all', () => {
    const all = answer('namespace=shop', 'severity=critical');
    assert.equal(
      restrictAnswer(all, () => true),
      all,
    );
    assert.deepEqual(
      restrictTree({ alertmanager, tree }, () => true),
      tree,
    );
  });

  it('say where each receiver is written', () => {
    assert.deepEqual(
      [tree, ...tree.routes].map(({ receiver, receiverPlace }) => [
        receiver,
        receiverPlace?.kind,
        receiverPlace?.field,
      ]),
      [
        ['cluster', 'Secret', 'receivers[0]'],
        ['pay/team/chat', 'AlertmanagerConfig', 'spec.receivers[0]'],
        ['shop/team/chat', 'AlertmanagerConfig', 'spec.receivers[0]'],
        ['audit', 'Secret', 'receivers[1]'],
      ],
    );
  });

  it('are those of their own objects for a tenant, in a tree of which the top is hidden', () => {
    const own = restrictTree({ alertmanager, tree }, tenant);
    assert.deepEqual([own?.place.field, own?.receiver, own?.routes.length], ['', '', 1]);
    assert.doesNotMatch(JSON.stringify(own), /pay|cluster|audit|Secret/);
    const seen = restrictAnswer(answer('namespace=shop', 'severity=critical'), tenant);
    assert.deepEqual([seen?.receivers, seen?.told, seen?.restricted], [['shop/team/pager'], ['shop/team/pager'], true]);
    assert.doesNotMatch(JSON.stringify(seen), /pay|cluster|audit|Secret|17m/);
  });

  it('do not tell a tenant what becomes of an alert of others, nor why nobody is told', () => {
    const seen = restrictAnswer(answer('namespace=pay'), tenant);
    assert.deepEqual([seen?.receivers, seen?.told, seen?.reason, seen?.code], [[], [], undefined, undefined]);
    const shown = JSON.stringify({ ...seen, labels: {} }).replaceAll('"found":"pay"', '');
    assert.doesNotMatch(shown, /pay|cluster|audit|Secret/);
  });

  it('are the own ones of the Alertmanager for who sees Alertmanagers there, without those of teams', () => {
    const seen = restrictTree({ alertmanager, tree }, seesOnly('Alertmanager monitoring'));
    assert.deepEqual(
      seen?.routes.map(({ receiver }) => receiver),
      ['audit'],
    );
    assert.doesNotMatch(JSON.stringify(seen), /pay|shop/);
  });

  it('are none for who sees nothing of it', () => {
    const nobody = seesOnly('AlertmanagerConfig elsewhere', 'AlertmanagerConfig monitoring');
    assert.equal(restrictTree({ alertmanager, tree }, nobody), undefined);
    assert.equal(restrictAnswer(answer('namespace=shop'), nobody), undefined);
  });
});
