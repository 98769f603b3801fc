import { after, before } from 'node:test';
import { createSystemClock } from '../../../src/base/clock.ts';
import type { LogFields, Logger } from '../../../src/base/logger.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { defaultPromqlOptions } from '../../../src/core/promql/types.ts';
import { defaultSettings } from '../../../src/operator/default-settings.ts';
import { createExamine } from '../../../src/operator/webhook/examine.ts';
import { startHttpServer } from '../../../src/web/http-server.ts';
import type { HttpServer } from '../../../src/web/http-server.ts';
import { createWebhookApp } from '../../../src/webhook/app.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly response: {
    readonly uid: string;
    readonly allowed: boolean;
    readonly status?: {
      readonly code: number;
      readonly reason: string;
      readonly message: string;
      readonly details: { readonly name: string; readonly causes: readonly { readonly field: string }[] };
    };
    readonly warnings?: readonly string[];
    readonly patch?: string;
    readonly patchType?: string;
  };
  readonly apiVersion: string;
}

export const json = { 'content-type': 'application/json' };
export const paths = {
  own: '/validate',
  rules: '/admission-prometheusrules/validate',
  mutate: '/admission-prometheusrules/mutate',
  configs: '/admission-alertmanagerconfigs/validate',
  convert: '/convert',
};

/** A webhook over HTTP, and what it told of its reviews. */
class WebhookServer {
  readonly results: string[] = [];
  readonly errors: LogFields[] = [];
  #server!: HttpServer;

  get url(): string {
    return this.#server.url;
  }

  async start(): Promise<void> {
    const clock = createSystemClock();
    const language = { names: 'legacy', promql: defaultPromqlOptions, given: false } as const;
    const examine = createExamine({ settings: defaultSettings(), language, view: () => undefined });
    const observer = { observeReview: ({ result }: { result: string }) => void this.results.push(result) };
    const logger: Logger = { ...silentLogger, error: (_, fields = {}) => void this.errors.push(fields) };
    const app = createWebhookApp({ clock, logger, observer, examine });
    const fetch = (request: Request): Response | Promise<Response> => app.fetch(request);
    this.#server = await startHttpServer({ address: '127.0.0.1:0', clock, requestTimeoutMs: 1_000, fetch });
  }

  stop(): Promise<void> {
    return this.#server.close();
  }

  async send(path: string, body: string, headers: Record<string, string> = json): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, { method: 'POST', headers, body });
    const text = await response.text();
    return { status: response.status, text, ...(text.startsWith('{') ? (JSON.parse(text) as object) : {}) } as Answer;
  }

  review(path: string, sent: object): Promise<Answer> {
    return this.send(path, JSON.stringify(sent));
  }
}

/** The webhook for all tests of a file. */
export function useWebhook(): WebhookServer {
  const webhook = new WebhookServer();
  before(() => webhook.start());
  after(() => webhook.stop());
  return webhook;
}
