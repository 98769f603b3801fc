import type { Command } from 'commander';
import { createSystemClock } from '../base/clock.ts';
import { createLog } from '../operator/log.ts';
import { runOperator } from '../operator/operator.ts';
import { flags } from '../operator/options/flags.ts';
import type { FlagTexts } from '../operator/options/reader.ts';
import { parseOptions } from '../operator/options/options.ts';
import { flagsWithoutEffect } from '../operator/options/waiting.ts';
import { StokerProcess } from '../operator/process.ts';
import { version } from '../operator/version.ts';
import { addFlags, printVersion, readTexts } from './flags.ts';
import type { Io } from './io.ts';

/** `stoker run`: the operator, in a cluster or from a kubeconfig. */
export function addRunCommand(program: Command, io: Io): void {
  const command = program
    .command('run', { isDefault: false })
    .alias('operator')
    .description('run the operator, in a cluster or from a kubeconfig; takes every flag of prometheus-operator')
    .argument('[command]', 'accepted for compatibility: start')
    .addHelpText(
      'after',
      `
Boolean flags take their value behind "=": --leader-elect, --kubelet-endpoints=false.
SIGTERM and SIGINT let syncs under way end and release the lease; a second one ends at once.
SIGUSR2 turns the log level to debug, and back.

Examples:
  stoker run --kubeconfig ~/.kube/config --namespaces shop,pay
  stoker run --leader-elect --log-format json`,
    );
  addFlags(command, flags);
  command.action(async () => {
    const texts = readTexts(command);
    await run(texts, io);
  });
}

async function run(texts: FlagTexts, io: Io): Promise<void> {
  if (printVersion(texts, io)) return;
  const options = parseOptions(texts);
  const log = createLog(options.log);
  const { logger } = log;
  io.onUserSignal?.(() => log.toggleDebug());
  for (const name of Object.keys(texts)) {
    const reason = flagsWithoutEffect[name];
    if (reason !== undefined) logger.warn('Flag has no effect', { flag: `--${name}`, reason });
  }
  const clock = createSystemClock();
  const deps = { options, env: io.env, clock, random: Math.random, logger, log, version };
  const operator = new StokerProcess({ logger, run: (signal) => runOperator(deps, signal) });
  io.signal.addEventListener('abort', () => operator.stop(), { once: true });
  await operator.start();
  await operator.finished();
}
