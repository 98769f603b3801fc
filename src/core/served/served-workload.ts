import { isJsonObject } from '../../base/json.ts';
import { Version } from '../../base/version.ts';

/** Label of the ConfigMaps that hold discovery plans; its value is "true". */
export const planLabel = 'stoker.dev/discovery-plan';

/** Keys of such a ConfigMap (docs/adr/0011-discovery-service.md). */
export const planKeys = { workload: 'workload', jobs: 'jobs.yaml.gz' } as const;

/** Values of variables that are the same for all pods of a shard, such as `SHARD`. */
export type ShardValues = Readonly<Record<string, string>>;

/** How targets are dealt out to shards: by the rules of their job, or evenly (`assignShards`). */
export const assignments = ['hash', 'balanced'] as const;

export type Assignment = (typeof assignments)[number];

/** What the service must know of a workload besides its jobs. */
export interface ServedWorkload {
  /** "Prometheus" or "PrometheusAgent". */
  readonly kind: string;
  /** Of the Prometheus that reads the answers. */
  readonly version: string;
  /** Name of its pods' service account, which may ask. */
  readonly serviceAccount: string;
  /** By number of the shard. */
  readonly shards: readonly ShardValues[];
  readonly assignment: Assignment;
  /** Each node has targets of its own, as for an agent in mode DaemonSet. */
  readonly perNode: boolean;
}

/**
 * A field that is not known may deal targets out otherwise: a text that has one is not read.
 * @throws {SyntaxError} for a text that no operator has written, or that a newer one has.
 */
export function readServedWorkload(text: string): ServedWorkload {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new SyntaxError('Cannot read the workload of a discovery plan: it is no object');
  const { kind, version, serviceAccount, shards, assignment, perNode, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new SyntaxError(`Cannot read the workload of a discovery plan: unknown field "${other}"`);
  const isRead =
    typeof kind === 'string' &&
    typeof version === 'string' &&
    typeof serviceAccount === 'string' &&
    Array.isArray(shards) &&
    shards.every(isShardValues) &&
    isAssignment(assignment) &&
    typeof perNode === 'boolean';
  if (!isRead)
    throw new SyntaxError('Cannot read the workload of a discovery plan: a field is missing or of another type');
  Version.parse(version);
  return { kind, version, serviceAccount, shards, assignment, perNode };
}

const isAssignment = (value: unknown): value is Assignment => assignments.some((one) => one === value);

const isShardValues = (value: unknown): value is ShardValues =>
  isJsonObject(value) && Object.values(value).every((one) => typeof one === 'string');
