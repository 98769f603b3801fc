import type { Registry } from 'prom-client';
import type { Clock } from '../base/clock.ts';
import { describeError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { startHttpServer } from '../web/http-server.ts';
import type { HttpServer, HttpServerOptions } from '../web/http-server.ts';
import type { IdentitySource } from '../web/identity.ts';
import { TlsFiles } from '../web/tls-files.ts';
import { chooseTlsSettings, listUnknownCurves } from '../web/tls-settings.ts';
import { createIdentityMetrics } from './metrics/identity-metrics.ts';
import type { WebOptions } from './options/web.ts';
import { OptionError } from './options/values.ts';
import { serverGraceMs } from './limits.ts';

export interface WebServerDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly registry: Registry;
  /** Label of the metrics of its certificate. */
  readonly name: 'web' | 'webhook' | 'page';
  /** in the place of certificate files. */
  readonly identity?: IdentitySource | undefined;
  /** Clients without a certificate are let in, too. */
  readonly certificateOptional?: boolean;
}

/**
 * Serves until it is closed, with TLS where the flags say so; certificate files are read again as they change.
 * @throws {OptionError} when the address or a certificate cannot be used.
 */
export async function startWebServer(
  options: WebOptions,
  fetch: HttpServerOptions['fetch'],
  deps: WebServerDeps,
): Promise<HttpServer> {
  const { clock } = deps;
  const stop = new AbortController();
  try {
    const tls = prepareTls(options, deps, stop.signal);
    const server = await startHttpServer({ address: options.listenAddress, fetch, clock, http2: options.http2, tls });
    return {
      url: server.url,
      close: async (grace = serverGraceMs) => {
        stop.abort(new Error('stopped'));
        await server.close(grace);
      },
    };
  } catch (error) {
    stop.abort(new Error('not started'));
    throw new OptionError(describeError(error), error instanceof RangeError ? 2 : 1);
  }
}

function prepareTls(options: WebOptions, deps: WebServerDeps, signal: AbortSignal): HttpServerOptions['tls'] {
  const { tls } = options;
  if (tls === undefined) return undefined;
  const unknown = listUnknownCurves(tls.names.curves);
  if (unknown.length > 0)
    deps.logger.warn('Curves left out: this Node does not have them', { curves: unknown.join(',') });
  return {
    settings: chooseTlsSettings(tls.names),
    identity: deps.identity ?? openFiles(tls, deps, signal),
    certificateOptional: deps.certificateOptional ?? false,
  };
}

function openFiles(tls: NonNullable<WebOptions['tls']>, deps: WebServerDeps, signal: AbortSignal): IdentitySource {
  const { clock, registry, name } = deps;
  const logger = deps.logger.child({ component: name });
  const files = new TlsFiles(tls.files, { clock, logger, observer: createIdentityMetrics(registry, name) });
  void files.run(tls.reloadIntervalMs, signal);
  return files;
}
