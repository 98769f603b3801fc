/** Any HTTP server, with the connections and credentials of a ClientConfig: answers as they are, whatever they say. */
import type { ClientConfig } from './client-config.ts';
import { Transport } from './transport.ts';

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  /** On the server of the configuration. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** By name in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface HttpClient {
  /** @throws {TransportError} when no answer came; the signal's reason when it was aborted. */
  send(call: HttpCall): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** A client that neither retries nor follows redirects. */
export function createHttpClient(config: ClientConfig): HttpClient {
  const transport = new Transport({ ...config, title: 'the server' });
  const origin = new URL(config.server).origin;
  return {
    send: async ({ method, url, headers, body, signal }) => {
      const { origin: own, pathname, search } = new URL(url);
      if (own !== origin) throw new Error(`Cannot send a request for ${origin} to ${own}`);
      const path = `${pathname}${search}`;
      const answer = await transport.send({
        method,
        path,
        headers,
        body,
        signal,
        isStream: false,
        beforeSend: () => undefined,
      });
      const named = Object.entries(answer.headers).map(([name, value]) => [name, String(value ?? '')] as const);
      return { status: answer.statusCode, headers: Object.fromEntries(named), text: await answer.body.text() };
    },
    close: () => transport.close(),
  };
}
