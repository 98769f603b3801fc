import type { Command } from 'commander';
import { createSystemClock } from '../base/clock.ts';
import { runDiscovery } from '../operator/discovery-service/discovery-process.ts';
import { createLog } from '../operator/log.ts';
import { discoveryFlags } from '../operator/options/discovery-flags.ts';
import { parseDiscoveryOptions } from '../operator/options/discovery.ts';
import { version } from '../operator/version.ts';
import { addFlags, printVersion, readTexts } from './flags.ts';
import type { Io } from './io.ts';

const help = `
Targets are found once, for all Prometheus and PrometheusAgent objects that ask for it (annotation stoker.dev/discovery: service),
and served as http_sd_configs of Prometheus reads them. docs/discovery-service.md tells how it is set up.

Paths:
  /v1/{final,kept}/{prometheuses,prometheusagents}/NAMESPACE/NAME/shards/NUMBER/jobs/JOB   targets of one job
  /metrics /healthz /readyz

Boolean flags take their value behind "=": --web.enable-tls=false.

Examples:
  stoker discovery --web.cert-file tls.crt --web.key-file tls.key --state-dir /var/lib/stoker
  stoker discovery --web.listen-address 127.0.0.1:8081 --web.enable-tls=false --authorization none`;

/** `stoker discovery`: targets for the whole fleet, from a process of their own. */
export function addDiscoveryCommand(program: Command, io: Io): void {
  const command = program
    .command('discovery')
    .description('find the targets of all workloads once, and serve them to each Prometheus')
    .addHelpText('after', help);
  addFlags(command, discoveryFlags);
  command.action(async () => {
    const texts = readTexts(command);
    if (printVersion(texts, io)) return;
    const options = parseDiscoveryOptions(texts);
    const { logger } = createLog(options.log);
    const clock = createSystemClock();
    await runDiscovery({ options, env: io.env, clock, random: Math.random, logger, version }, io.signal);
  });
}
