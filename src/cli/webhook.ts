import type { Command } from 'commander';
import { createSystemClock } from '../base/clock.ts';
import { createLog } from '../operator/log.ts';
import { webhookFlags } from '../operator/options/webhook-flags.ts';
import { parseWebhookOptions } from '../operator/options/webhook.ts';
import { version } from '../operator/version.ts';
import { runWebhook } from '../operator/webhook/webhook-process.ts';
import { addFlags, printVersion, readTexts } from './flags.ts';
import type { Io } from './io.ts';

const help = `
Paths:
  /validate                               every kind, with the checks of \`stoker check\`, and with warnings
  /admission-prometheusrules/validate     PrometheusRules, as the reference
  /admission-prometheusrules/mutate       numbers and flags among labels and annotations of rules become texts
  /admission-alertmanagerconfigs/validate AlertmanagerConfigs, as the reference
  /convert                                AlertmanagerConfigs, v1alpha1 and v1beta1
  /metrics /healthz /readyz

Boolean flags take their value behind "=": --web.enable-tls=false. docs/webhook.md tells how to install it.

Examples:
  stoker webhook --web.cert-file tls.crt --web.key-file tls.key
  stoker webhook --webhook-certificates self --webhook-warn-unselected`;

/** `stoker webhook`: admission and conversion in a process of its own. */
export function addWebhookCommand(program: Command, io: Io): void {
  const command = program
    .command('webhook')
    .alias('admission-webhook')
    .description('refuse objects that cannot work, when they are applied; takes every flag of admission-webhook')
    .addHelpText('after', help);
  addFlags(command, webhookFlags);
  command.action(async () => {
    const texts = readTexts(command);
    if (printVersion(texts, io)) return;
    const options = parseWebhookOptions(texts);
    const { logger } = createLog(options.log);
    const clock = createSystemClock();
    await runWebhook({ options, env: io.env, clock, random: Math.random, logger, version }, io.signal);
  });
}
