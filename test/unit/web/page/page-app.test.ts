import assert from 'node:assert/strict';
import { request as sendRaw } from 'node:http';
import { describe, it } from 'node:test';
import type { MonitorRow } from '../../../../src/core/overview/overview.ts';
import type { PageGuard } from '../../../../src/web/page/page-guard.ts';
import { loopbackPageGuard } from '../../../../src/web/page/page-guard.ts';

import { emptyOverview, serve, tokenGuard } from './serve-page-app.ts';

const form = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  headers,
});

const withToken = { headers: { authorization: 'Bearer right' } };
const ownPage = { 'sec-fetch-site': 'same-origin' };

describe('the page for callers who are asked', () => {
  it('answers nobody without a token: programs with 401, browsers with the way to the login', async (test) => {
    const { ask } = await serve(test);
    for (const path of ['/rights', '/events', '/explain/pod/a/b', '/what/ever']) {
      assert.equal((await ask(path)).status, 401, path);
      assert.equal((await ask(path, { headers: { authorization: 'Bearer wrong' } })).status, 401, path);
    }
    const sent = await ask('/rights?a=b', { headers: { accept: 'text/html' } });
    assert.deepEqual([sent.status, sent.headers.get('location')], [303, '/login?next=%2Frights%3Fa%3Db']);
    assert.equal((await ask('/rights', withToken)).status, 200);
    assert.equal((await ask('/what/ever', withToken)).status, 404);
  });

  it('lists what is read with the operator’s own rights', async (test) => {
    const { ask } = await serve(test);
    assert.deepEqual(await (await ask('/rights', withToken)).json(), {
      callers: 'what each may list (SubjectAccessReview)',
      you: 'alice',
      reads: [{ group: '', resources: ['pods'], verbs: ['list'], namespace: '', why: 'their number' }],
    });
    const page = await ask('/rights', { headers: { ...withToken.headers, accept: 'text/html' } });
    const text = (await page.text()).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    assert.match(text, /Shown is what each may list \(SubjectAccessReview\)\. You are alice/);
    assert.match(text, /pods core all list their number/);
  });

  it('says at the end of a list what could not be read', async (test) => {
    const overview = { ...emptyOverview, notes: ['cannot list pods in <b>: forbidden'] };
    const { ask } = await serve(test, tokenGuard, overview);
    const listing = await ask('/rules', { headers: { ...withToken.headers, accept: 'text/html' } });
    assert.match(
      await listing.text(),
      /<h2>Not read<\/h2>\s*<ul class="notes">\s*<li>cannot list pods in &lt;b&gt;: forbidden<\/li>/,
    );
    const plain = await serve(test, tokenGuard, emptyOverview);
    const empty = await plain.ask('/rules', { headers: { ...withToken.headers, accept: 'text/html' } });
    assert.doesNotMatch(await empty.text(), /Not read/);
  });

  it('takes a token by its form, keeps it in a cookie that scripts and other sites do not get, and forgets it', async (test) => {
    const { ask } = await serve(test);
    assert.match(await (await ask('/login?next=/rights')).text(), /name="next" value="\/rights"/);
    const entered = await ask('/login', form({ token: 'right', next: '/rights' }, ownPage));
    assert.deepEqual([entered.status, entered.headers.get('location')], [303, '/rights']);
    const cookie = entered.headers.get('set-cookie') ?? '';
    assert.equal(cookie, 'stoker=right; Path=/; HttpOnly; SameSite=Strict');
    assert.equal((await ask('/rights', { headers: { cookie: 'x=y; stoker=right' } })).status, 200);
    const left = await ask('/logout', form({}, ownPage));
    assert.match(left.headers.get('set-cookie') ?? '', /^stoker=; Max-Age=0;/);
  });

  it('takes forms of its own pages alone, of bounded length, and leads nowhere else', async (test) => {
    const { ask, url } = await serve(test);
    const fields = { token: 'right', next: '/' };
    const refused: readonly (readonly [number, RequestInit])[] = [
      [403, form(fields, {})],
      [403, form(fields, { 'sec-fetch-site': 'cross-site' })],
      [403, form(fields, { 'sec-fetch-site': 'same-site' })],
      [403, form(fields, { origin: 'https://elsewhere.example' })],
      [403, form(fields, { origin: 'null' })],
      [401, form({ token: 'wrong' }, ownPage)],
      [400, form({ token: 'wr ong' }, ownPage)],
      [400, form({ token: 'x'.repeat(4_000) }, ownPage)],
      [400, form({}, ownPage)],
      [413, form({ token: 'x'.repeat(20_000) }, ownPage)],
      [415, { method: 'POST', body: '{"token":"right"}', headers: { ...ownPage, 'content-type': 'application/json' } }],
    ];
    for (const [status, init] of refused) {
      const answer = await ask('/login', init);
      assert.equal(answer.status, status, JSON.stringify(init.headers));
      assert.equal(answer.headers.get('set-cookie'), null);
    }
    assert.equal((await ask('/login', form(fields, { origin: url }))).status, 303);
    for (const next of [
      '//elsewhere.example',
      'https://elsewhere.example',
      '/\\elsewhere',
      '/a\r\nb: c',
      'javascript:x',
    ]) {
      const answer = await ask('/login', form({ token: 'right', next }, ownPage));
      assert.equal(answer.headers.get('location'), '/', next);
    }
  });

  it('writes what it was sent into the form as text alone', async (test) => {
    const { ask } = await serve(test);
    const body = await (await ask(`/login?next=${encodeURIComponent('/"><script>alert(1)</script>')}`)).text();
    assert.doesNotMatch(body, /<script>/);
  });

  it('tells browsers to load and run nothing from elsewhere, and to keep nothing', async (test) => {
    const { ask } = await serve(test);
    for (const path of ['/rights', '/login', '/none', '/%00']) {
      const { headers } = await ask(path, withToken);
      const policy = headers.get('content-security-policy') ?? '';
      for (const part of ["default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"])
        assert.ok(policy.includes(part), `${path}: ${policy}`);
      assert.doesNotMatch(policy, /unsafe|\*/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
    }
  });

  it('says what is wrong with a request that nobody sends by mistake', async (test) => {
    const { ask } = await serve(test);
    const expected: readonly (readonly [number, string, RequestInit?])[] = [
      [405, '/rights', { method: 'POST' }],
      [405, '/rights', { method: 'DELETE' }],
      [405, '/logout'],
      [405, '/events', { method: 'HEAD' }],
      [400, '/a%ZZ'],
      [400, '/a%c3%28'],
      [400, '/a%00b'],
      [400, '/rights?q=%0a'],
      [414, `/rights?q=${'x'.repeat(5_000)}`],
      [400, '/events', { headers: { ...withToken.headers, 'last-event-id': '../../x' } }],
      [400, '/events?after=abc--1', withToken],
    ];
    for (const [status, path, init] of expected) {
      const answer = await ask(path, init);
      assert.equal(answer.status, status, path.slice(0, 50));
      assert.match(((await answer.text()) || '{"error"').slice(0, 9), /^\{"error"/);
    }
  });

  it('takes no body with GET', async (test) => {
    const { url } = await serve(test);
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: 'Bearer right', 'content-length': '2' };
      const sent = sendRaw(`${url}/rights`, { method: 'GET', headers }, (answer) => resolve(answer.statusCode));
      sent.on('error', reject);
      sent.end('{}');
    });
    assert.equal(status, 400);
  });
});

describe('the page on a loopback address', () => {
  it('asks nobody, has no login, and refuses pages that were led here by a name of their own', async (test) => {
    const { ask, url } = await serve(test, loopbackPageGuard);
    assert.equal(
      ((await (await ask('/rights')).json()) as { callers: string }).callers,
      'everything to whoever reaches the address',
    );
    assert.equal((await ask('/login')).status, 404);
    const { port } = new URL(url);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: `evil.example:${port}` };
      sendRaw({ host: '127.0.0.1', port, path: '/rights', headers }, (answer) => resolve(answer.statusCode))
        .on('error', reject)
        .end();
    });
    assert.equal(status, 403);
  });
});

describe('lists of the page', () => {
  const rowOf = (namespace: string): MonitorRow => {
    const object = { kind: 'ServiceMonitor', namespace, name: 'cart' };
    return {
      ...{ state: 'failed', object, workload: { kind: 'Prometheus', namespace: 'monitoring', name: 'main' } },
      ...{ link: 'port', reason: 'PortNotFound', code: 'STK1503', summary: `no port of ${namespace} <b>`, at: 'spec' },
      ...{ decisive: object, fix: '', command: '', targets: { found: 0 } },
    };
  };
  const overview = { ...emptyOverview, monitors: [rowOf('shop'), rowOf('pay')] };
  const shopOnly: PageGuard = () =>
    Promise.resolve({
      caller: {
        ...{ user: 'alice', streamMs: undefined, mayGet: () => Promise.resolve(false) },
        look: () => Promise.resolve({ sees: ({ namespace }) => namespace === 'shop' }),
      },
    });

  it('show a caller what is theirs, in either form, and escape what was read', async (test) => {
    const { ask } = await serve(test, shopOnly, overview);
    const html = await (await ask('/', { headers: { accept: 'text/html' } })).text();
    assert.match(html, /ServiceMonitor shop\/cart/);
    assert.match(html, /no port of shop &lt;b&gt;/);
    const json = (await (await ask('/')).json()) as { readonly monitors: readonly MonitorRow[] };
    assert.deepEqual(json.monitors, [rowOf('shop')]);
    for (const text of [html, JSON.stringify(json)]) assert.doesNotMatch(text, /pay/);
  });

  it('are not there as long as nothing can be said', async (test) => {
    const { ask } = await serve(test, shopOnly);
    const answer = await ask('/workloads', { headers: { accept: 'text/html' } });
    assert.equal(answer.status, 503);
    assert.match(await answer.text(), /Not yet/);
  });

  it('have style and script, which anybody may read', async (test) => {
    const { ask } = await serve(test);
    for (const [path, type] of [
      ['/assets/page.css', 'text/css; charset=utf-8'],
      ['/assets/page.js', 'text/javascript; charset=utf-8'],
    ] as const) {
      const answer = await ask(path);
      assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, type]);
    }
  });
});
