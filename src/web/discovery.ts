/** Targets over HTTP, as `http_sd_configs` of Prometheus reads them (docs/adr/0011-discovery-service.md). */
import { Hono } from 'hono';
import type { Refusal } from './guard.ts';
import { refuse } from './guard.ts';
import { smallestPackedBytes } from './limits.ts';

/** What is said to a question. */
export type DiscoveryAnswer =
  | {
      readonly status: 200;
      readonly body: Uint8Array;
      readonly packed: () => Uint8Array;
      readonly asOf: number;
      /** Another replica may know better: the connection ends, so that the next question can reach it. */
      readonly askElsewhere: boolean;
    }
  | { readonly status: 404 | 503; readonly message: string };

export interface DiscoverySources {
  /** Undefined: whoever asks may have the answer. */
  readonly admit: (request: Request) => Promise<Refusal | undefined>;
  /** @param path of the URL, as it was sent. */
  readonly answer: (path: string) => DiscoveryAnswer;
  readonly observe: (status: number, seconds: number) => void;
  /** Milliseconds of a clock that only goes on. */
  readonly monotonic: () => number;
}

const endOfConnection = ['connection', 'close'] as const;

/** `GET /v1/…`: everything else of the process is in other apps. */
export function createDiscoveryApp({ admit, answer, observe, monotonic }: DiscoverySources): Hono {
  const app = new Hono();
  app.get('/v1/*', async (context) => {
    const started = monotonic();
    const respond = (response: Response): Response => {
      observe(response.status, (monotonic() - started) / 1000);
      return response;
    };
    const refusal = await admit(context.req.raw);
    if (refusal !== undefined) return respond(refuse(context, refusal));
    const said = answer(new URL(context.req.url).pathname);
    // During an update a replica of another version, or with an older plan, may have it.
    if (said.status !== 200 || said.askElsewhere) context.header(...endOfConnection);
    if (said.status !== 200) return respond(context.text(`${said.message}\n`, said.status));
    const mayPack = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
    const isPacked = mayPack && said.body.length >= smallestPackedBytes;
    const headers = {
      'content-type': 'application/json',
      'stoker-as-of': new Date(said.asOf).toISOString(),
      vary: 'accept-encoding',
      ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    };
    return respond(context.body(new Uint8Array(isPacked ? said.packed() : said.body), 200, headers));
  });
  return app;
}
