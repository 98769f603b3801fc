import type { Clock } from '../base/clock.ts';
import { describeError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { createDebugApp } from '../web/debug-app.ts';
import { startHttpServer } from '../web/http-server.ts';
import type { HttpServer } from '../web/http-server.ts';
import type { Log } from './log.ts';
import { logLevels } from './options/program-options.ts';
import type { LogLevel } from './options/program-options.ts';
import { OptionError } from './options/values.ts';
import { createProfiler } from './profiles.ts';

/**
 * Serves profiles and the log level on a loopback address; nothing where the address is "".
 * @throws {OptionError} when it cannot be listened on.
 */
export async function startDebugServer(
  address: string,
  { clock, log, logger }: { readonly clock: Clock; readonly log: Log; readonly logger: Logger },
): Promise<HttpServer | undefined> {
  if (address === '') return undefined;
  const app = createDebugApp({
    log: { levels: logLevels, level: () => log.level(), setLevel: (level) => log.setLevel(level as LogLevel) },
    profiles: createProfiler(clock),
  });
  try {
    const server = await startHttpServer({ address, fetch: (request) => app.fetch(request), clock });
    logger.info('Serving profiles and the log level', { url: server.url });
    return server;
  } catch (error) {
    throw new OptionError(describeError(error), 1);
  }
}
