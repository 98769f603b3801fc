import type { Command } from 'commander';
import { Option } from 'commander';
import { createSystemClock } from '../base/clock.ts';
import { createLog } from '../operator/log.ts';
import { runOperator } from '../operator/operator.ts';
import { flags } from '../operator/options/flags.ts';
import type { FlagTexts } from '../operator/options/options.ts';
import { parseOptions } from '../operator/options/options.ts';
import { StokerProcess } from '../operator/process.ts';
import { version } from '../operator/version.ts';
import type { Io } from './io.ts';

/** Flags of the reference whose features come later: they are accepted, and said to do nothing. */
const withoutEffect =
  /^(?:kubelet-|repair-policy|alertmanager-(?:instance|config)|thanos-ruler-instance|auto-gomemlimit)/;

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

function addFlags(command: Command): void {
  for (const { name, kind, fallback, description } of flags) {
    const placeholder = kind === 'bool' ? 'true|false' : kind;
    const note = fallback === '' ? '' : ` (default: ${fallback})`;
    command.addOption(new Option(`--${name} <${placeholder}>`, description + note).argParser(collect));
  }
}

/** What was given on the command line, by flag name. */
function readTexts(command: Command): FlagTexts {
  const given: Record<string, readonly string[]> = {};
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if (Array.isArray(value)) given[(option.long ?? '').slice(2)] = value as readonly string[];
  }
  return given;
}

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

Examples:
  stoker run --kubeconfig ~/.kube/config --namespaces shop,pay
  stoker run --leader-elect --log-format json`,
    );
  addFlags(command);
  command.action(async () => {
    const texts = readTexts(command);
    await run(texts, io);
  });
}

async function run(texts: FlagTexts, io: Io): Promise<void> {
  if (texts.version?.at(-1) === 'true') {
    io.stdout(`stoker ${version} (node ${process.versions.node})\n`);
    return;
  }
  if (texts['short-version']?.at(-1) === 'true') {
    io.stdout(`${version}\n`);
    return;
  }
  const options = parseOptions(texts);
  const logger = createLog(options.log);
  for (const name of Object.keys(texts)) {
    if (withoutEffect.test(name)) logger.warn('Flag has no effect in this version', { flag: `--${name}` });
  }
  const clock = createSystemClock();
  const deps = { options, env: io.env, clock, random: Math.random, logger, version };
  const operator = new StokerProcess({ logger, run: (signal) => runOperator(deps, signal) });
  io.signal.addEventListener('abort', () => operator.stop(), { once: true });
  await operator.start();
  await operator.finished();
}
