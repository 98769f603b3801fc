import { createTimeoutSignal } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';
import type { ClientConfig } from '../../kubernetes/client/client-config.ts';
import { createHttpClient } from '../../kubernetes/client/http-client.ts';
import type { HttpAnswer } from '../../kubernetes/client/http-client.ts';
import { listOf, readSecret, readTls, textOf } from './block.ts';
import type { Block } from './block.ts';
import { tokenMarginMs, tokenTimeoutMs } from '../limits.ts';

interface Token {
  readonly header: string;
  /** On the monotonic clock; undefined: it does not end. */
  readonly endsAt: number | undefined;
}

/** Tokens of an OAuth 2.0 server, by client credentials (RFC 6749, 4.4). */
export class OAuth2Source {
  readonly #block: Block;
  readonly #clock: Clock;
  #token: Token | undefined;

  constructor(block: Block, clock: Clock) {
    this.#block = block;
    this.#clock = clock;
  }

  /**
   * The value of the Authorization header. @param refresh the last token was refused.
   * @throws {Error} when the server gives none; without its answer, which may hold secrets.
   */
  async get(refresh: boolean): Promise<string> {
    const now = this.#clock.monotonic();
    const known = this.#token;
    if (!refresh && known !== undefined && (known.endsAt === undefined || known.endsAt - tokenMarginMs > now))
      return known.header;
    const answer = await this.#ask();
    const token = readToken(answer, now);
    if (token === undefined)
      throw new Error(`Cannot get a token from "${withoutUser(this.#url())}": it answered ${answer.status}`);
    this.#token = token;
    return token.header;
  }

  /** Credentials go into the header, as the standard wants it; servers that refuse that get them in the form. */
  async #ask(): Promise<HttpAnswer> {
    const secret = await readSecret(this.#block, 'client_secret');
    const id = textOf(this.#block['client_id']);
    const client = createHttpClient(await this.#connect());
    const send = (headers: Readonly<Record<string, string>>, more: Readonly<Record<string, string>>) =>
      client.send({
        method: 'POST',
        url: this.#url(),
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams({ grant_type: 'client_credentials', ...this.#describeForm(), ...more }).toString(),
        signal: createTimeoutSignal(tokenTimeoutMs),
      });
    const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
    try {
      const answer = await send({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` }, {});
      return answer.status === 200 ? answer : await send({}, { client_id: id, client_secret: secret });
    } finally {
      await client.close();
    }
  }

  #describeForm(): Record<string, string> {
    const { scopes, endpoint_params: params } = this.#block;
    const scope = listOf(scopes).join(' ');
    const more = typeof params === 'object' && params !== null ? (params as Record<string, string>) : {};
    return { ...(scope === '' ? {} : { scope }), ...more };
  }

  async #connect(): Promise<ClientConfig> {
    const tls = await readTls(this.#block);
    const proxyUrl = textOf(this.#block['proxy_url']) || undefined;
    const server = new URL(this.#url()).origin;
    return { server, namespace: '', proxyUrl, applyAuth: () => Promise.resolve({ headers: {}, tls }) };
  }

  #url(): string {
    return textOf(this.#block['token_url']);
  }
}

function readToken({ status, text }: HttpAnswer, now: number): Token | undefined {
  if (status !== 200) return undefined;
  try {
    const answer = JSON.parse(text) as { access_token?: unknown; token_type?: unknown; expires_in?: unknown };
    if (typeof answer.access_token !== 'string' || answer.access_token === '') return undefined;
    const type = textOf(answer.token_type);
    const seconds = Number(answer.expires_in ?? 0);
    return {
      header: `${/^(?:bearer)?$/i.test(type) ? 'Bearer' : type} ${answer.access_token}`,
      endsAt: seconds > 0 ? now + seconds * 1000 : undefined,
    };
  } catch {
    return undefined;
  }
}

const withoutUser = (url: string): string => url.replace(/\/\/[^/@]*@/, '//');
