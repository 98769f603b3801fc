import { Hono } from 'hono';
import type { Context } from 'hono';
import { isLoopbackHost } from './loopback.ts';
import { longestProfileSeconds, profileSeconds } from './limits.ts';

export interface DebugSources {
  readonly log: {
    readonly levels: readonly string[];
    level(): string;
    /** @param level one of `levels`. */
    setLevel(level: string): void;
  };
  /** Profiles of the next `ms` milliseconds, as JSON. */
  readonly profiles: { cpu(ms: number): Promise<string>; heap(ms: number): Promise<string> };
}

/**
 * Endpoints for whoever may reach the loopback interface of the pod (`kubectl port-forward`): `/log-level`, `/debug/pprof/profile`
 * and `/debug/pprof/heap`. Requests of web pages that were led here by a name of their own are refused.
 */
export function createDebugApp(sources: DebugSources): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    if (!isLoopbackHost(new URL(context.req.url).hostname))
      return context.text('Only for the loopback interface\n', 403);
    await next();
    return undefined;
  });
  app.get('/log-level', (context) => context.text(`${sources.log.level()}\n`));
  app.put('/log-level', async (context) => {
    const wanted = (await context.req.text()).trim();
    const { levels } = sources.log;
    if (!levels.includes(wanted))
      return context.text(
        `Cannot set the log level to ${JSON.stringify(wanted)}: want one of ${levels.join(', ')}\n`,
        400,
      );
    sources.log.setLevel(wanted);
    return context.text(`${wanted}\n`);
  });
  const profile = createProfileHandler();
  app.get('/debug/pprof/profile', (context) => profile(context, (ms) => sources.profiles.cpu(ms)));
  app.get('/debug/pprof/heap', (context) => profile(context, (ms) => sources.profiles.heap(ms)));
  return app;
}

type Handle = (context: Context, take: (ms: number) => Promise<string>) => Promise<Response>;

function createProfileHandler(): Handle {
  const state = { isTaking: false };
  return async (context, take) => {
    const text = context.req.query('seconds') ?? String(profileSeconds);
    const seconds = Number(text);
    if (!(seconds > 0 && seconds <= longestProfileSeconds))
      return context.text(`Cannot profile for "${text}" seconds: want a number up to ${longestProfileSeconds}\n`, 400);
    if (state.isTaking) return context.text('A profile is being taken: try again when it has ended\n', 409);
    state.isTaking = true;
    try {
      return context.body(await take(seconds * 1000), 200, { 'content-type': 'application/json' });
    } finally {
      state.isTaking = false;
    }
  };
}
