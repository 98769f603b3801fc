import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import type { HttpClientConfig } from '../../../src/core/targets/sd-config.ts';
import { createHttpFetch } from '../../../src/discovery/http-client/http-fetch.ts';
import type { HttpFetch } from '../../../src/discovery/http-client/http-fetch.ts';

interface Seen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server that notes what it is asked and answers as it is told. */
class Site {
  readonly seen: Seen[] = [];
  readonly #server: Server;

  constructor(answer: (seen: Seen) => Answer) {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const seen = { path: request.url ?? '', headers: request.headers, body };
        this.seen.push(seen);
        const { status, headers = {}, body: text = '' } = answer(seen);
        response.writeHead(status, headers).end(text);
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

describe('an HTTP client block', () => {
  const site: Site = new Site(({ path }) => {
    if (path === '/away') return { status: 302, headers: { location: `${other.url}/there` } };
    if (path === '/round') return { status: 302, headers: { location: '/round' } };
    if (path === '/near') return { status: 307, headers: { location: 'sd?x=1' } };
    return { status: 200, headers: { 'content-type': 'application/json' }, body: '[]' };
  });
  const other = new Site(() => ({ status: 200, body: 'other' }));
  const tokens: Site = new Site(({ headers, body }) => {
    if (headers.authorization === undefined && !body.includes('client_secret=')) return { status: 401 };
    const granted = { access_token: `t${tokens.seen.length}`, token_type: 'bearer', expires_in: 60 };
    return { status: 200, body: JSON.stringify(granted) };
  });
  const strict = new Site(({ headers }) =>
    headers.authorization === undefined ? { status: 200, body: '{"access_token":"form"}' } : { status: 401 },
  );
  const sites = [site, other, tokens, strict];
  const clock = new FakeClock();
  before(() => Promise.all(sites.map((one) => one.start())));
  after(() => sites.forEach((one) => one.close()));

  const open = (config: HttpClientConfig = {}): HttpFetch => createHttpFetch(config, { clock, env: {} });
  const get = async (url: string, config?: HttpClientConfig): Promise<Seen | undefined> => {
    await open(config)(url, { headers: { accept: 'x' }, signal: AbortSignal.timeout(10_000) });
    return sites.find((one) => url.includes(one.host))?.seen.at(-1);
  };

  it('gives headers, status and text of the answer', async () => {
    const answer = await open()(`${site.url}/sd`, { headers: { accept: 'x' }, signal: AbortSignal.timeout(10_000) });
    assert.deepEqual([answer.status, answer.headers['content-type'], answer.text], [200, 'application/json', '[]']);
    assert.deepEqual([site.seen.at(-1)?.path, site.seen.at(-1)?.headers.accept], ['/sd', 'x']);
  });

  it('sends credentials of each kind', async () => {
    const basic = `Basic ${Buffer.from('u:p').toString('base64')}`;
    const sent = async (config: HttpClientConfig, url = site.url): Promise<string | undefined> =>
      (await get(`${url}/sd`, config))?.headers.authorization;
    assert.equal(await sent({ basic_auth: { username: 'u', password: 'p' } }), basic);
    assert.equal(await sent({ authorization: { type: 'Token', credentials: 'x' } }), 'Token x');
    assert.equal(await sent({ bearer_token: 'x' }), 'Bearer x');
    assert.equal(await sent({}, `http://u:p@${site.host}`), basic);
  });

  it('sends headers of its own', async () => {
    const seen = await get(`${site.url}/sd`, { http_headers: { 'X-Scope': { values: ['a'], secrets: ['b'] } } });
    assert.equal(seen?.headers['x-scope'], 'a, b');
  });

  it('follows redirects unless told not to', async () => {
    const fetch = open();
    const signal = AbortSignal.timeout(10_000);
    assert.equal((await fetch(`${site.url}/near`, { headers: {}, signal })).status, 200);
    assert.equal(site.seen.at(-1)?.path, '/sd?x=1');
    const still = await open({ follow_redirects: 'false' })(`${site.url}/near`, { headers: {}, signal });
    assert.equal(still.status, 307);
    await assert.rejects(fetch(`${site.url}/round`, { headers: {}, signal }), {
      message: 'Cannot follow more than 10 redirects',
    });
  });

  it('keeps credentials from other servers', async () => {
    const fetch = open({ bearer_token: 'secret', http_headers: { 'x-key': { values: ['secret'] } } });
    const answer = await fetch(`${site.url}/away`, { headers: {}, signal: AbortSignal.timeout(10_000) });
    assert.equal(answer.text, 'other');
    assert.equal(JSON.stringify(other.seen).includes('secret'), false);
    assert.equal(site.seen.at(-1)?.headers.authorization, 'Bearer secret');
  });

  it('gets tokens by OAuth 2.0, and keeps them until they end', async () => {
    const oauth2 = {
      client_id: 'id',
      client_secret: 's&c',
      token_url: `${tokens.url}/token`,
      scopes: ['a', 'b'],
      endpoint_params: { aud: 'x' },
    };
    const fetch = open({ oauth2 });
    const ask = async (): Promise<string | undefined> => {
      await fetch(`${site.url}/sd`, { headers: {}, signal: AbortSignal.timeout(10_000) });
      return site.seen.at(-1)?.headers.authorization;
    };
    assert.deepEqual([await ask(), await ask()], ['Bearer t1', 'Bearer t1']);
    const [{ headers, body } = { headers: {}, body: '' }] = tokens.seen;
    assert.equal(headers.authorization, `Basic ${Buffer.from('id:s%26c').toString('base64')}`);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(body)), {
      grant_type: 'client_credentials',
      scope: 'a b',
      aud: 'x',
    });
    await clock.advance(55_000);
    assert.equal(await ask(), 'Bearer t2');
  });

  it('puts client credentials into the form for servers that want them there', async () => {
    const oauth2 = { client_id: 'id', client_secret: 's', token_url: `${strict.url}/token` };
    assert.equal((await get(`${site.url}/sd`, { oauth2 }))?.headers.authorization, 'Bearer form');
    assert.match(strict.seen.at(-1)?.body ?? '', /client_id=id&client_secret=s$/);
  });

  it('says that there is no token, and no secret with it', async () => {
    const oauth2 = { client_id: 'id', client_secret: 'hidden', token_url: `${other.url}/token` };
    await assert.rejects(get(`${site.url}/sd`, { oauth2 }), {
      message: `Cannot get a token from "${other.url}/token": it answered 200`,
    });
  });
});
