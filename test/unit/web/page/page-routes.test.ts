import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { AlertmanagerRoutes } from '../../../../src/core/explain/open-routes.ts';
import type { RouteAnswer } from '../../../../src/core/routing/answer.ts';
import type { TreeNode } from '../../../../src/core/routing/route-tree.ts';
import type { PageGuard } from '../../../../src/web/page/page-guard.ts';
import { loopbackPageGuard } from '../../../../src/web/page/page-guard.ts';
import { openTeams } from '../../core/routing/teams-scene.ts';
import { emptyOverview, serve } from './serve-page-app.ts';

const nameOf = (namespace: string, name: string) => ({ kind: 'Alertmanager', namespace, name });

/** One with routes of its own and of two teams. */
function openOne(namespaces?: readonly string[]): AlertmanagerRoutes {
  const { scene, selected } = openTeams(namespaces);
  const notes = [
    { kind: 'AlertmanagerConfig', namespace: 'pay', text: 'AlertmanagerConfig pay/other is <rejected>' },
    { kind: 'Alertmanager', namespace: 'monitoring', text: 'Secret monitoring/base was not found' },
  ];
  return { name: nameOf('monitoring', 'main'), opened: { scene, selected, notes } };
}

const broken: AlertmanagerRoutes = {
  name: nameOf('monitoring', 'other'),
  opened: { problem: { field: 'spec.configSecret', message: 'Cannot use <it>' } },
};

const shopOnly: PageGuard = () =>
  Promise.resolve({
    caller: {
      ...{ user: 'alice', streamMs: undefined, mayGet: () => Promise.resolve(false) },
      look: () => Promise.resolve({ sees: ({ namespace }) => namespace === 'shop' }),
    },
  });

const open = (test: TestContext, guard: PageGuard = loopbackPageGuard, routes = [openOne()]) =>
  serve(test, guard, emptyOverview, { routes: { read: () => Promise.resolve({ overview: routes, asOf: 0 }) } });

const browser = { headers: { accept: 'text/html' } };
const critical = '/routes?labels=severity%3Dcritical+namespace%3Dshop';

describe('the routes of the page', () => {
  it('are the tree of each Alertmanager, with whose field each route and receiver is', async (test) => {
    const { ask } = await open(test, loopbackPageGuard, [openOne(), broken]);
    const { alertmanagers } = (await (await ask('/routes')).json()) as {
      alertmanagers: readonly { readonly tree?: TreeNode; readonly problem?: string }[];
    };
    assert.deepEqual(
      alertmanagers.map(({ tree, problem }) => [tree?.routes.length, problem]),
      [
        [3, undefined],
        [undefined, 'spec.configSecret: Cannot use <it>'],
      ],
    );
    const text = await (await ask('/routes', browser)).text();
    assert.match(text, /href="\/explain\/alertmanagerconfig\/shop\/team">AlertmanagerConfig shop\/team<\/a>/);
    assert.match(text, /spec\.receivers\[1\]/);
    assert.match(text, /Secret monitoring\/alertmanager-main \(alertmanager\.yaml\)/);
    assert.match(text, /Cannot use &lt;it&gt;/);
    assert.match(text, /is &lt;rejected&gt;/);
    for (const shown of [text, JSON.stringify(alertmanagers)]) assert.doesNotMatch(shown, /hush/);
  });

  it('send an alert as stoker route does, in either form', async (test) => {
    const { ask } = await open(test);
    const answer = (await (await ask(critical)).json()) as RouteAnswer;
    assert.deepEqual(
      [answer.alertmanager, answer.labels, answer.receivers, answer.told],
      [
        { namespace: 'monitoring', name: 'main' },
        { severity: 'critical', namespace: 'shop' },
        ['shop/team/pager'],
        ['shop/team/pager'],
      ],
    );
    assert.deepEqual(Object.keys(answer), [
      ...['alertmanager', 'labels', 'at', 'receivers', 'muted', 'told', 'inhibited', 'silencedBy', 'tree'],
      ...['inhibitRules', 'notes'],
    ]);
    const text = await (await ask(critical, browser)).text();
    assert.match(text, /sends this alert to shop\/team\/pager \(webhook\)/);
    assert.match(text, /value="severity=critical namespace=shop"/);
    assert.match(text, /matches <code>severity=&quot;critical&quot;<\/code>/);
    assert.match(text, /does not match <code>namespace=&quot;pay&quot;<\/code>/);
  });

  it('want labels that can be read, and an Alertmanager that is there', async (test) => {
    const { ask } = await open(test, loopbackPageGuard, [openOne(), broken]);
    for (const [query, status, message] of [
      ['labels=%3Ca%3E', 400, /Cannot read label "<a>"/],
      ['labels=a%3D%22b', 400, /a quote does not end/],
      ['labels=a%3Db+a%3Dc', 400, /"a" is given twice/],
      ['alertmanager=a%2Fb', 404, /Cannot find Alertmanager "a\/b": there are monitoring\/main, monitoring\/other/],
      ['labels=a%3Db', 400, /say which with alertmanager=NAMESPACE\/NAME; there are monitoring\/main/],
      ['labels=a%3Db&alertmanager=monitoring%2Fother', 503, /has no routes: spec\.configSecret/],
    ] as const) {
      const answer = await ask(`/routes?${query}`);
      assert.equal(answer.status, status, query);
      assert.match(((await answer.json()) as { error: string }).error, message);
    }
    const form = await ask('/routes?labels=%3Ca%3E', browser);
    assert.equal(form.status, 400);
    assert.match(await form.text(), /value="&lt;a&gt;"[^]*role="alert"[^]*Cannot read label/);
    const chosen = await ask('/routes?labels=a%3Db&alertmanager=monitoring%2Fmain');
    assert.equal(chosen.status, 200);
  });

  it('are for a tenant those of their own objects, in either form', async (test) => {
    const { ask } = await open(test, shopOnly, [openOne(), broken]);
    for (const path of ['/routes', critical, '/routes?labels=a%3Db', '/routes?alertmanager=monitoring%2Fother'])
      for (const init of [browser, {}]) {
        const text = await (await ask(path, init)).text();
        assert.doesNotMatch(
          text.replaceAll('monitoring/other"', ''),
          /pay|cluster|audit|Secret|configSecret|17m/,
          path,
        );
      }
    const answer = (await (await ask(critical)).json()) as RouteAnswer;
    assert.deepEqual([answer.receivers, answer.restricted], [['shop/team/pager'], true]);
    const text = await (await ask(critical, browser)).text();
    assert.match(text, /Of the routes that are yours to see, this alert reaches shop\/team\/pager \(webhook\)/);
    assert.match(text, /Routes of Alertmanager monitoring\/main that are not yours to see/);
    assert.equal((await ask('/routes?alertmanager=monitoring%2Fother')).status, 404);
  });

  it('are none for who sees none of their objects', async (test) => {
    const { ask } = await open(test, shopOnly, [openOne(['pay'])]);
    const text = await (await ask('/routes', browser)).text();
    assert.match(text, /no Alertmanager of which you may see routes/);
    assert.doesNotMatch(text, /monitoring\/main|pay/);
  });

  it('are a page of hundreds, found by words', async (test) => {
    const names = Array.from({ length: 250 }, (_, index) => `team-${String(index).padStart(3, '0')}`);
    const { ask } = await open(test, loopbackPageGuard, [openOne(names)]);
    const count = async (query: string): Promise<number> =>
      (await (await ask(`/routes?${query}`, browser)).text()).split('class="route"').length - 1;
    // Each team has two routes; the top is one, and the last page has one of the base.
    assert.equal(await count(''), 1 + 2 * 100);
    assert.equal(await count('page=3'), 1 + 2 * 50 + 1);
    assert.equal(await count('text=team-017'), 1 + 2);
    const routed = await count('labels=namespace%3Dteam-017+severity%3Dcritical');
    assert.equal(routed, 1 + 2 + 8);
  });
});
