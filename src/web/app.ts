import { Hono } from 'hono';
import type { Guard } from './guard.ts';
import { openGuard, refuse } from './guard.ts';

/** One thing that must be true; `message` says what is, for people. */
export interface HealthCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
}

export interface WebSources {
  /** Metrics in the text format, with their content type. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Alive: false means that a restart would help. */
  readonly liveness: () => readonly HealthCheck[];
  /** Ready: caches are filled and work is done here, or this is a warm standby. */
  readonly readiness: () => readonly HealthCheck[];
  /** Who may read the metrics; everybody when absent. */
  readonly metricsGuard?: Guard;
}

function answer(checks: readonly HealthCheck[]): { text: string; status: 200 | 503 } {
  const lines = checks.map(({ name, ok, message }) => `[${ok ? '+' : '-'}] ${name}: ${message}`);
  const ok = checks.every((check) => check.ok);
  return {
    text: `${lines.join('\n')}${lines.length > 0 ? '\n' : ''}${ok ? 'ok' : 'failed'}\n`,
    status: ok ? 200 : 503,
  };
}

/**
 * The operator's HTTP endpoints: `/metrics`, `/healthz`, `/readyz`. The two health endpoints list each check with what was
 * found, and answer 503 as soon as one of them fails (the reference always answers 200).
 */
export function createWebApp(sources: WebSources): Hono {
  const app = new Hono();
  const { metricsGuard = openGuard } = sources;
  app.get('/metrics', async (context) => {
    const admission = await metricsGuard(context.req.raw);
    if ('refusal' in admission) return refuse(context, admission.refusal);
    const { contentType, text } = await sources.metrics();
    return context.body(text, 200, { 'content-type': contentType });
  });
  app.get('/healthz', (context) => {
    const { text, status } = answer(sources.liveness());
    return context.text(text, status);
  });
  app.get('/readyz', (context) => {
    const { text, status } = answer(sources.readiness());
    return context.text(text, status);
  });
  return app;
}
