import { createWriteStream, mkdirSync } from 'node:fs';
import { createSystemClock } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import { createLog } from '../../operator/log.ts';
import { runOperator } from '../../operator/operator.ts';
import { parseOptions } from '../../operator/options/options.ts';
import { version } from '../../operator/version.ts';
import type { Io } from '../io.ts';
import { ExitError, exitCodes } from '../io.ts';
import { defaultKubeconfig } from '../sandbox.ts';

/** Where its log goes. */
export const logFile = '.stoker/operator.log';

/** On 127.0.0.1; 0: any that is free. */
export interface OperatorPorts {
  readonly web: number;
  readonly page: number;
}

export interface RunningOperator {
  /** Where its page is. Rejects with ExitError when the operator ends before it has one. */
  readonly page: Promise<string>;
  readonly finished: Promise<void>;
  stop(): Promise<void>;
}

/** The operator as `stoker run` runs it, over HTTPS; its log goes into a file. */
export function startOperator(ports: OperatorPorts, io: Io): RunningOperator {
  mkdirSync('.stoker', { recursive: true });
  const stream = createWriteStream(logFile);
  const parsed = parseOptions({
    kubeconfig: [defaultKubeconfig],
    'web.listen-address': [`127.0.0.1:${ports.web}`],
    'page.listen-address': [`127.0.0.1:${ports.page}`],
    'target-discovery': ['true'],
  });
  const log = createLog({ level: 'info', format: 'logfmt', stream });
  const { logger } = log;
  const stopping = new AbortController();
  const deps = { options: parsed, env: {}, clock: createSystemClock(), random: Math.random, logger, log, version };
  let tellPage: (url: string) => void = () => undefined;
  const page = new Promise<string>((resolve) => (tellPage = resolve));
  const finished = runOperator({ ...deps, onPage: tellPage }, stopping.signal).catch((error: unknown) => {
    io.stderr(`stoker: the operator ended: ${describeError(error)}\n`);
  });
  const ended = finished.then(() => {
    throw new ExitError(exitCodes.failed, `Cannot start the operator: see ${logFile}`);
  });
  return {
    page: Promise.race([page, ended]),
    finished,
    stop: async () => {
      stopping.abort(new Error('stopped'));
      await finished;
      await new Promise((resolve) => stream.end(resolve));
    },
  };
}
