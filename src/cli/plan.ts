import type { Command } from 'commander';
import { dumpYaml } from '../base/yaml.ts';
import { renderPlanMarkdown } from '../core/plan/plan-markdown.ts';
import type { Plan, PlanSummary } from '../core/plan/plan-model.ts';
import { renderPlan } from '../core/plan/plan-text.ts';
import { planChange } from '../core/plan/plan-workloads.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { readManifests } from './manifests.ts';
import { chooseSettings } from './settings.ts';
import type { SettingsFlags } from './settings.ts';

interface PlanFlags extends SettingsFlags {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly output: string;
}

const formats: Readonly<Record<string, (plan: Plan) => string>> = {
  text: renderPlan,
  json: (plan) => `${JSON.stringify(plan, null, 2)}\n`,
  yaml: (plan) => dumpYaml(JSON.parse(JSON.stringify(plan))),
  markdown: renderPlanMarkdown,
};

const help = `
Both sides are rendered as the operator renders them ("stoker render"), and compared as it compares what it finds with what it wants:
--from is taken to be what runs. Give the Secrets, ConfigMaps and Namespaces that the manifests refer to on both sides. Of Secrets and
ConfigMaps the keys are named, never what is in them; of configurations the jobs, receivers, routes and rule groups.

Pods restart when the template of their set differs. A field that cannot be changed in place makes the operator delete the set, all
its pods at once, and make it anew; larger volumes alone are had without touching a pod. A plan against a cluster is not there yet: both sides are manifests.

Exit codes:
  0  nothing changes
  1  a workload cannot be rendered on one of the sides, and nothing is planned for it; or the operator refuses a part (smaller volumes)
  2  a flag, an argument or a file cannot be used
  5  changes, and no running pod is touched
  6  disruptive changes: running pods restart, are replaced or stop

Examples:
  stoker plan --from main/ --to branch/
  stoker plan --from main/ --to branch/ -o markdown > comment.md
  stoker plan --from main/ --to branch/ -o json | jq '.workloads[] | select(.action == "change") | .pods'`;

/** `stoker plan`: what a change of manifests does to objects and pods, before it is applied. */
export function addPlanCommand(program: Command, io: Io): void {
  program
    .command('plan')
    .description('show what a change of manifests would do: objects, fields, and pods that restart')
    .requiredOption('--from <path...>', 'files and folders of manifests as they are applied, "-" for stdin')
    .requiredOption('--to <path...>', 'files and folders of manifests as they are to be')
    .option('-o, --output <format>', Object.keys(formats).join(', '), 'text')
    .option('--kubernetes-version <version>', 'version of the cluster to render for', '1.36')
    .option('--feature-gates <gates>', 'as for `stoker run`: NAME=true,NAME=false')
    .addHelpText('after', help)
    .action((flags: PlanFlags) => {
      runPlan(flags, io);
    });
}

/** @throws {ExitError} with the code that says what was found. */
function runPlan(flags: PlanFlags, io: Io): void {
  const print = formats[flags.output];
  if (print === undefined)
    throw new ExitError(
      exitCodes.usage,
      `Cannot print as "${flags.output}": known are ${Object.keys(formats).join(', ')}`,
    );
  if (flags.from.includes('-') && flags.to.includes('-'))
    throw new ExitError(exitCodes.usage, 'Cannot read both --from and --to from stdin: give one of them as files');
  const plan = planChange(readManifests(flags.from), readManifests(flags.to), chooseSettings(flags));
  io.stdout(print(plan));
  const code = chooseCode(plan.summary);
  if (code !== exitCodes.ok) throw new ExitError(code, '');
}

/** What is not known, or not done, counts most: such a plan does not lead to what the manifests say. */
function chooseCode({ unknown, refused, isDisruptive, changed, services }: PlanSummary): number {
  if (unknown + refused > 0) return exitCodes.failed;
  if (isDisruptive) return exitCodes.disruptive;
  return changed + services > 0 ? exitCodes.changes : exitCodes.ok;
}
