import type { Command } from 'commander';
import { createSystemClock } from '../base/clock.ts';
import { readLocatedManifests } from './check/read.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { listFiles } from './manifests.ts';
import { readZone } from './route/route-request.ts';
import { readTestFiles } from './test/read-tests.ts';
import { summarise, testFormats } from './test/test-results.ts';
import { runRouteTests } from './test/route-tests.ts';
import { runRuleTests } from './test/rule-tests.ts';

const help = `
Files of tests lie beside the manifests and are called *.test.yaml or *_test.yaml. They are in promtool's format, and may have
"routes" besides, which Stoker runs itself:

  tests:                           # run by promtool, where it is on the PATH; else skipped
    - interval: 1m
      input_series: [{ series: 'up{job="cart"}', values: '0 0 0' }]
      alert_rule_test: [{ eval_time: 2m, alertname: CartDown, exp_alerts: [{ exp_labels: { severity: critical } }] }]
  routes:
    - labels: { alertname: CartDown, severity: critical, namespace: shop }
      receivers: [pager]           # all of them, [] for nobody, named as --expect of stoker route names them
      at: 2026-12-24T18:00         # optional: what is muted then is not reached
      with: [{ severity: info }]   # optional: other alerts that fire
      silences: [{ matchers: ['severity=~"info|none"'] }]   # optional: as GET /api/v2/silences has them, or shorter
      alertmanager: monitoring/main

"rule_files" names files with PrometheusRules, from the folder of the test; without it all PrometheusRules are meant.

Exit codes:
  0  all passed, or were skipped
  1  at least one failed
  2  a flag or a file cannot be used, or there are no tests

Examples:
  stoker test deploy/
  stoker test deploy/ -o junit > results.xml`;

/** `stoker test`: tests of rules and routes beside the manifests that they are about. */
export function addTestCommand(program: Command, io: Io): void {
  program
    .command('test')
    .description('run the tests of rules and routes that lie beside manifests')
    .argument('<path...>', 'files and folders of manifests and tests')
    .option('-o, --output <format>', Object.keys(testFormats).join(', '), 'text')
    .option('--time-zone <name>', 'zone of "at" without an offset; the machine\'s by default')
    .addHelpText('after', help)
    .action((paths: string[], flags: TestFlags) => {
      runTests(paths, flags, io);
    });
}

interface TestFlags {
  readonly output: string;
  readonly timeZone?: string;
}

/** @throws {ExitError} when a test fails. */
function runTests(paths: readonly string[], { output, timeZone }: TestFlags, io: Io): void {
  const print = testFormats[output];
  if (print === undefined)
    throw new ExitError(
      exitCodes.usage,
      `Cannot print as "${output}": known are ${Object.keys(testFormats).join(', ')}`,
    );
  const files = readTestFiles(paths);
  if (files.length === 0)
    throw new ExitError(exitCodes.usage, `Cannot find tests in "${paths.join('", "')}": no *.test.yaml or *_test.yaml`);
  const named = new Set(files.map(({ file }) => file));
  const manifestPaths = listFiles(paths).filter((file) => !named.has(file));
  const { manifests, unusable } = readLocatedManifests(manifestPaths);
  if (unusable.length > 0) throw new ExitError(exitCodes.usage, unusable.join('\nstoker: '));
  const tests = { paths: manifestPaths, zone: readZone(timeZone), now: createSystemClock().now() };
  const results = [...runRuleTests(files, manifests, io), ...runRouteTests(files, tests)];
  io.stdout(print(results));
  if (summarise(results).failed > 0) throw new ExitError(exitCodes.failed, '');
}
