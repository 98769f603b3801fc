import type { Command } from 'commander';
import { createSystemClock } from '../base/clock.ts';
import { dumpYaml } from '../base/yaml.ts';
import { addClusterFlags } from './cluster/connect.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { answer } from './route/answers.ts';
import type { Answered } from './route/answers.ts';
import { openScene } from './route/open-scene.ts';
import { readRouteRequest } from './route/route-request.ts';
import type { RouteFlags } from './route/route-request.ts';

const help = `
The labels are those of one alert, as Alertmanager gets it; those that it lacks count as empty. Its way through the routes of
the merged configuration is shown: which object and field each route is from, which matchers decided, and how the receiver
notifies. A receiver is told when its route is not muted: now, or at the time of --at.

--expect names the receivers that are wanted, all of them: it may be repeated, or divide names by commas. An order does not
count. A name may be written without what Stoker puts in front of it, where that is clear (pager for shop/team/pager).
What is compared are the receivers of the routes; with --at those that are not muted then, with --with those of an alert that is not
inhibited, with --silences or --alertmanager-url those of one that is not silenced. --expect '' wants nobody.

Silences are those of the file (JSON as "amtool silence query -o json" prints it, or YAML), of the Alertmanager at the URL, or of the
Pods of the Alertmanager, asked through the API server where you may (pods/proxy).

--to and --unreachable ask the other way round: for the alerts of the PrometheusRules that are there. What their rules give
them is known (alertname, labels without templates, the namespace where all Prometheuses enforce it), their other labels may
be anything: "when" says what they must be.

--with gives the labels of another alert that fires, to see which inhibit rule lets it hide this one.

Exit codes:
  0  the answer is there; with --expect: it is the one that was wanted
  1  the configuration cannot be used, or the cluster gives no answer
  2  a flag, an argument or a file cannot be used
  4  other receivers than --expect wants

Examples:
  stoker route alertname=CartDown severity=critical namespace=shop
  stoker route alertname=CartDown namespace=shop --alertmanager monitoring/main --at 2026-12-24T18:00
  stoker route alertname=CartSlow namespace=shop --with 'alertname=CartDown,namespace=shop,severity=critical'
  stoker route severity=critical namespace=shop --expect pager,audit --offline deploy/
  stoker route --to pager
  stoker route --calendar namespace=shop severity=warning --time-zone Europe/Berlin`;

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

const formats: Readonly<Record<string, (answered: Answered, io: Io) => string>> = {
  text: ({ write }, { isTerminal }) => write({ isTerminal }),
  json: ({ document }) => `${JSON.stringify(document, null, 2)}\n`,
  yaml: ({ document }) => dumpYaml(JSON.parse(JSON.stringify(document))),
};

/** `stoker route`: which receivers an alert reaches, and why. */
export function addRouteCommand(program: Command, io: Io): void {
  const command = program
    .command('route')
    .description('show which receivers an alert reaches, by which routes of which objects, and what hides it')
    .argument('[label...]', 'labels of the alert: LABEL=VALUE')
    .option('-a, --alertmanager <name>', 'NAMESPACE/NAME of the Alertmanager; needed where there are several')
    .option('--offline <path...>', 'files and folders of manifests in the place of a cluster, "-" for stdin')
    .option('-o, --output <format>', Object.keys(formats).join(', '), 'text')
    .option('--at <time>', 'what is muted then, not now: 2026-12-24T18:00, with or without an offset')
    .option(
      '--time-zone <name>',
      "zone of --at without an offset, and of times that are printed; the machine's by default",
    )
    .option('--with <labels>', "another alert that fires: 'alertname=Foo,severity=critical'; may be repeated", collect)
    .option('--expect <receivers>', 'the receivers that are wanted, no more and no less; may be repeated', collect)
    .option('--silences <file>', 'silences that there are, in the place of those of the running Alertmanager')
    .option('--alertmanager-url <url>', 'ask this running Alertmanager for its silences, instead of its Pods')
    .option('--to <receiver>', 'which alerts of the PrometheusRules can reach this receiver')
    .option('--unreachable', 'receivers that nothing reaches, and alerts of the PrometheusRules that reach nobody')
    .option('--calendar', 'when routes are silent in the coming seven days; with labels: those that the alert reaches')
    .option('--kubernetes-version <version>', 'with --offline: the version of the cluster', '1.36')
    .option('--namespaces <names>', 'the flag of the operator')
    .option('--deny-namespaces <names>', 'the flag of the operator')
    .option('--alertmanager-config-namespaces <names>', 'the flag of the operator')
    .option('--feature-gates <gates>', 'the flag of the operator');
  addClusterFlags(command)
    .addHelpText('after', help)
    .action((labels: string[], flags: RouteFlags) => runRoute(labels, flags, io));
}

/** @throws {ExitError} with code 4 when other receivers were expected. */
async function runRoute(labels: readonly string[], flags: RouteFlags, io: Io): Promise<void> {
  const print = formats[flags.output];
  if (print === undefined)
    throw new ExitError(
      exitCodes.usage,
      `Cannot print as "${flags.output}": known are ${Object.keys(formats).join(', ')}`,
    );
  const request = readRouteRequest(labels, flags, createSystemClock().now());
  const answered = answer(await openScene(flags, io), request, flags);
  io.answered?.(() => answered.document);
  io.stdout(print(answered, io));
  answered.finish?.();
}
