import type { Command } from 'commander';
import { dumpYaml } from '../base/yaml.ts';
import { renderPlanMarkdown } from '../core/plan/plan-markdown.ts';
import type { Plan } from '../core/plan/plan-model.ts';
import { renderPlan } from '../core/plan/plan-text.ts';
import { planChange } from '../core/plan/plan-workloads.ts';
import { addClusterFlags, openCluster } from './cluster/connect.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { readManifests } from './manifests.ts';
import { placeManifests } from './plan/manifest-types.ts';
import { planLive } from './plan/plan-live.ts';
import { chooseSides } from './plan/plan-request.ts';
import type { PlanFlags, PlanSides } from './plan/plan-request.ts';
import { chooseSettings } from './settings.ts';

const formats: Readonly<Record<string, (plan: Plan) => string>> = {
  text: renderPlan,
  json: (plan) => `${JSON.stringify(plan, null, 2)}\n`,
  yaml: (plan) => dumpYaml(JSON.parse(JSON.stringify(plan))),
  markdown: renderPlanMarkdown,
};

const newestKubernetes = '1.36';

const help = `
Against a cluster, what there is stands on one side: the workloads, what they select, and the objects that the operator has written.
On the other side the manifests are applied over it, as "kubectl apply" would: the API server is asked in a dry run, nothing is
written. --delete is what "kubectl delete -f" would take away. Flags of the operator are read from its Deployment.

Without a cluster, both sides are rendered as the operator renders them ("stoker render"), and compared as it compares what it
finds with what it wants: --from is taken to be what runs. Give the Secrets, ConfigMaps and Namespaces that the manifests refer
to on both sides.

Of Secrets and ConfigMaps the keys are named, never what is in them; of configurations the jobs, receivers, routes and rule
groups. Pods restart when the template of their set differs. A field that cannot be changed in place makes the operator delete
the set, all its pods at once, and make it anew; larger volumes alone are had without touching a pod.

Exit codes:
  0  nothing changes
  1  not all is known or done: a workload cannot be rendered, a manifest or a size of volumes is refused, something may not be
     read; the rest is planned
  2  a flag, an argument or a file cannot be used
  5  changes, and no running pod is touched
  6  disruptive changes: running pods restart, are replaced or stop

Examples:
  stoker plan deploy/
  stoker plan deploy/ --delete old.yaml -o markdown > comment.md
  helm template monitoring ./chart | stoker plan -
  stoker plan --from main/ --to branch/ -o json | jq '.workloads[] | select(.action == "change") | .pods'`;

/** `stoker plan`: what a change of manifests does to objects and pods, before it is applied. */
export function addPlanCommand(program: Command, io: Io): void {
  const command = program
    .command('plan')
    .description('show what a change of manifests would do: objects, fields, and pods that restart')
    .argument('[path...]', 'files and folders of manifests that are to be applied to a cluster, "-" for stdin')
    .option('--delete <path...>', 'files and folders of manifests that are to be deleted from the cluster')
    .option('-n, --namespace <name>', "namespace of manifests that say none; the context's by default")
    .option('--server-side', 'apply as `kubectl apply --server-side` does')
    .option('--field-manager <name>', 'with --server-side: who applies', 'kubectl')
    .option('--force-conflicts', 'with --server-side: take over fields that others manage')
    .option(
      '--operator-args <flags>',
      'flags that the operator runs with, in one text; those of its Deployment by default',
    )
    .option(
      '--from <path...>',
      'in the place of a cluster: files and folders of manifests as they are applied, "-" for stdin',
    )
    .option('--to <path...>', 'with --from: files and folders of manifests as they are to be')
    .option('-o, --output <format>', Object.keys(formats).join(', '), 'text')
    .option(
      '--kubernetes-version <version>',
      `with --from: version of the cluster to render for (default: "${newestKubernetes}")`,
    )
    .option('--feature-gates <gates>', 'with --from: as for `stoker run`: NAME=true,NAME=false');
  addClusterFlags(command)
    .addHelpText('after', help)
    .action((paths: readonly string[], flags: PlanFlags) => runPlan(paths, flags, io));
}

/** @throws {ExitError} with the code that says what was found. */
async function runPlan(paths: readonly string[], flags: PlanFlags, io: Io): Promise<void> {
  const print = formats[flags.output];
  if (print === undefined)
    throw new ExitError(
      exitCodes.usage,
      `Cannot print as "${flags.output}": known are ${Object.keys(formats).join(', ')}`,
    );
  const sides = chooseSides(paths, flags);
  const plan = sides.kind === 'live' ? await askCluster(sides, flags, io) : planOffline(sides, flags);
  io.stdout(print(plan));
  const code = chooseCode(plan);
  if (code !== exitCodes.ok) throw new ExitError(code, '');
}

function planOffline({ from, to }: Extract<PlanSides, { kind: 'offline' }>, flags: PlanFlags): Plan {
  const { kubernetesVersion = newestKubernetes, featureGates, operatorArgs } = flags;
  const settings = chooseSettings({ kubernetesVersion, featureGates, operatorArgs });
  return planChange(readManifests(from), readManifests(to), settings);
}

async function askCluster(
  { paths, deleted }: Extract<PlanSides, { kind: 'live' }>,
  flags: PlanFlags,
  io: Io,
): Promise<Plan> {
  const [manifests, gone] = [paths, deleted].map((some) => (some.length === 0 ? [] : readManifests(some)));
  const cluster = await openCluster(flags, io);
  try {
    const { namespace: given, serverSide, fieldManager, forceConflicts = false, operatorArgs } = flags;
    const namespace = given ?? cluster.namespace;
    const place = (some: typeof manifests = []) => placeManifests(some, namespace, given !== undefined);
    const { plan, notes } = await planLive(cluster, {
      ...{ manifests: place(manifests), deleted: place(gone), namespace, operatorArgs, signal: io.signal },
      serverSide: serverSide === true ? { fieldManager, force: forceConflicts } : undefined,
      progress: (text) => {
        if (io.isTerminal) io.stderr(`stoker: ${text}\n`);
      },
    });
    for (const note of notes) io.stderr(`stoker: ${note}\n`);
    return plan;
  } finally {
    await cluster.client.close();
  }
}

/** What is not known, or not done, counts most: such a plan does not lead to what the manifests say. */
function chooseCode({ summary, unread = [], refused = [] }: Plan): number {
  const { unknown, isDisruptive, changed, services } = summary;
  if (unknown + summary.refused + unread.length + refused.length > 0) return exitCodes.failed;
  if (isDisruptive) return exitCodes.disruptive;
  return changed + services > 0 ? exitCodes.changes : exitCodes.ok;
}
