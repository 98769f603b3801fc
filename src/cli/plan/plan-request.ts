import type { ClusterFlags } from '../cluster/connect.ts';
import { ExitError, exitCodes } from '../io.ts';
import type { SettingsFlags } from '../settings.ts';

/** What commander makes of the flags of `stoker plan`. */
export interface PlanFlags extends Omit<SettingsFlags, 'kubernetesVersion'>, ClusterFlags {
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly delete?: readonly string[];
  readonly namespace?: string;
  readonly serverSide?: true;
  readonly fieldManager: string;
  readonly forceConflicts?: true;
  readonly operatorArgs?: string;
  readonly kubernetesVersion?: string;
  readonly output: string;
}

/** Which two states are compared. */
export type PlanSides =
  | { readonly kind: 'offline'; readonly from: readonly string[]; readonly to: readonly string[] }
  | { readonly kind: 'live'; readonly paths: readonly string[]; readonly deleted: readonly string[] };

const refuse = (message: string): ExitError => new ExitError(exitCodes.usage, message);

const ofCluster = {
  ...{ kubeconfig: 'kubeconfig', context: 'context', server: 'server', as: 'as', delete: 'delete' },
  ...{ namespace: 'namespace', serverSide: 'server-side', forceConflicts: 'force-conflicts' },
} as const satisfies Partial<Record<keyof PlanFlags, string>>;

/** Flags that only a plan without a cluster has: a cluster and its operator know them. */
const ofManifests = {
  kubernetesVersion: 'kubernetes-version',
  featureGates: 'feature-gates',
} as const satisfies Partial<Record<keyof PlanFlags, string>>;

/** @throws {ExitError} for paths and flags that do not go together. */
export function chooseSides(paths: readonly string[], flags: PlanFlags): PlanSides {
  const { from, to } = flags;
  if (from === undefined && to === undefined) return chooseCluster(paths, flags);
  if (from === undefined || to === undefined)
    throw refuse(`Cannot use --${from === undefined ? 'to' : 'from'} alone: want both --from and --to, or files`);
  const [path] = paths;
  if (path !== undefined)
    throw refuse(`Cannot use "${path}" with --from and --to: files alone are compared with a cluster`);
  refuseFlags(flags, ofCluster, 'with --from and --to: no cluster is asked');
  requireOneStdin(from, to, 'both --from and --to');
  return { kind: 'offline', from, to };
}

function chooseCluster(paths: readonly string[], flags: PlanFlags): PlanSides {
  const { delete: deleted = [] } = flags;
  if (paths.length + deleted.length === 0)
    throw refuse('Cannot tell what changes: want files or folders, --delete, or both --from and --to');
  refuseFlags(flags, ofManifests, 'with a cluster: it and its operator say that (see --operator-args)');
  requireOneStdin(paths, deleted, 'both the manifests and --delete');
  return { kind: 'live', paths, deleted };
}

function refuseFlags(flags: PlanFlags, refused: Readonly<Partial<Record<keyof PlanFlags, string>>>, why: string): void {
  for (const [flag, name] of Object.entries(refused))
    if (flags[flag as keyof PlanFlags] !== undefined) throw refuse(`Cannot use --${name} ${why}`);
}

function requireOneStdin(one: readonly string[], other: readonly string[], what: string): void {
  if (one.includes('-') && other.includes('-'))
    throw refuse(`Cannot read ${what} from stdin: give one of them as files`);
}
