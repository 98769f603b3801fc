import { complete } from '../../base/interruptible.ts';
import { agentKind } from '../../core/kinds/prometheus-agent.ts';
import { serverKind } from '../../core/kinds/prometheus.ts';
import { gunzipSync } from 'node:zlib';
import { keyOf } from '../../api/meta.ts';
import { describeError } from '../../base/errors.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import type { PrometheusAgent } from '../../api/prometheus-agent.ts';
import type { Version } from '../../base/version.ts';
import { AssetStore } from '../../core/assets/store.ts';
import type { AssetObjects, ObjectReference } from '../../core/assets/store.ts';
import { describeRuleOrigin, listJobOrigins } from '../../core/desired/job-origins.ts';
import { createPrometheusCaches, matchPrometheus, renderPrometheus } from '../../core/desired/desired-prometheus.ts';
import type { DesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import { viewShard } from '../../core/desired/shard-view.ts';
import type { ManifestSources } from '../../core/manifests/sources.ts';
import { restoreDiscovery, isUnpackingError } from '../../core/render/prometheus/config/restore-discovery.ts';
import { isPlan, planPrefix } from '../../core/render/prometheus/plan-config-maps.ts';
import { keptPlanNames } from '../../core/limits.ts';
import type { ConfigMap } from '../../core/render/shared/rendered-objects.ts';
import { configFolder, configKey } from '../../core/render/prometheus/prometheus-paths.ts';
import type { PrometheusWorkload } from '../../core/render/prometheus/prometheus-workload.ts';
import { asAgentWorkload, asServerWorkload } from '../../core/render/prometheus/prometheus-workload.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import { listRejected, requireComplete } from '../../core/desired/steps.ts';
import { describeRejection } from '../../core/rejection.ts';
import { ExitError, exitCodes } from '../io.ts';
import { loadConfig } from './config-plan.ts';
import { nameNoRule } from './target-plan.ts';
import type { TargetPlan } from './target-plan.ts';

/** Where objects come from: a cluster or manifests. */
export interface World {
  readonly sources: ManifestSources;
  readonly settings: OperatorSettings;
  /** Contents of Secrets and ConfigMaps; what was refused goes into `notes`. */
  readonly fetchAssets: (references: readonly ObjectReference[], notes: string[]) => Promise<AssetObjects>;
}

export interface WorkloadChoice {
  /** `[KIND/][NAMESPACE/]NAME`; undefined: the only one that there is. */
  readonly wanted: string | undefined;
  /** Undefined: all shards together. */
  readonly shard: number | undefined;
  /** Read the configuration that was published instead of rendering it. */
  readonly fromSecret: boolean;
  /** Undefined: spec.version. */
  readonly version: Version | undefined;
}

/** @throws {ExitError} when there is no such object (usage) or it has no configuration that can be used (failed). */
export async function planFromWorkload(world: World, choice: WorkloadChoice): Promise<TargetPlan> {
  const workload = findWorkload(world, choice.wanted);
  const title = describeWorkload(workload);
  const notes: string[] = [];
  const given = { world, workload, notes };
  const { yaml, nameRule } = choice.fromSecret
    ? { yaml: await readPublished(given), nameRule: nameNoRule }
    : await renderNow(given);
  const version = choice.version ?? workload.version;
  const { jobs } = loadConfig(showShard(yaml, workload, choice.shard), { title, version, place });
  return { title, version, jobs, nameRule, ownNamespace: workload.owner.metadata.namespace, notes };
}

/** Where the configuration lies in the pod: files beside it are not here. */
const place = { folder: configFolder, expand: () => [] };

interface Given {
  readonly world: World;
  readonly workload: PrometheusWorkload;
  readonly notes: string[];
}

const describeWorkload = ({ owner }: PrometheusWorkload): string => `${owner.kind} ${keyOf(owner)}`;

function findWorkload(world: World, wanted: string | undefined): PrometheusWorkload {
  const found = findInstance(world, wanted);
  return readWorkload(() => found.read());
}

/** A Prometheus or PrometheusAgent. */
export interface FoundInstance {
  readonly kind: 'prometheus' | 'prometheusagent';
  readonly object: Prometheus | PrometheusAgent;
  /** @throws {TerminalError} for one that cannot be rendered. */
  read(): PrometheusWorkload;
}

/** @param wanted as in `WorkloadChoice`. @throws {ExitError} when there is no such object, or several. */
export function findInstance(
  { sources: { instancesOf }, settings }: Pick<World, 'sources' | 'settings'>,
  wanted: string | undefined,
): FoundInstance {
  const known: FoundInstance[] = [
    ...instancesOf(serverKind).map((object) => {
      return { kind: 'prometheus' as const, object, read: () => asServerWorkload(object, settings) };
    }),
    ...instancesOf(agentKind).map((object) => {
      return { kind: 'prometheusagent' as const, object, read: () => asAgentWorkload(object, settings) };
    }),
  ];
  const names = known.map(({ kind, object }) => `${kind}/${keyOf(object)}`);
  const found = known.filter((_, index) => wanted === undefined || isNamed(names[index] ?? '', wanted));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const what = wanted === undefined ? 'say which' : found.length > 1 ? 'several have that name' : 'there is none';
  const whose = wanted === undefined ? 'Cannot choose a Prometheus' : `Cannot find Prometheus "${wanted}"`;
  const there = names.join(', ') || 'no Prometheus or PrometheusAgent objects';
  throw new ExitError(exitCodes.usage, `${whose}: ${what}; there are ${there}`);
}

/** Whether the name KIND/NAMESPACE/NAME is meant: by itself, or by its last two parts or its last. */
function isNamed(name: string, wanted: string): boolean {
  const [kind = '', namespace = '', own = ''] = name.split('/');
  const given = wanted.split('/');
  if (given.length === 2 && given[0]?.toLowerCase() === kind) return given[1] === own;
  const all = [kind, namespace, own];
  return given.every((part, at) => part.toLowerCase() === all[all.length - given.length + at]?.toLowerCase());
}

function readWorkload(read: () => PrometheusWorkload): PrometheusWorkload {
  try {
    return read();
  } catch (error) {
    throw new ExitError(exitCodes.failed, describeError(error));
  }
}

interface Rendered {
  readonly yaml: string;
  readonly nameRule: TargetPlan['nameRule'];
}

async function renderNow({ world, workload, notes }: Given): Promise<Rendered> {
  const caches = createPrometheusCaches();
  const title = describeWorkload(workload);
  const fail = (why: string): ExitError => new ExitError(exitCodes.failed, `Cannot render ${title}: ${why}`);
  try {
    const match = complete(matchPrometheus(workload, world.sources.sources, caches));
    const assets = new AssetStore(await world.fetchAssets(match.references, notes));
    const desired = requireComplete(complete(renderPrometheus(match, assets, caches)));
    if (desired.config === undefined)
      throw fail("it has no selectors, its config is the user's; --from-secret reads it");
    notes.push(...describeRejected(desired));
    const origins = listJobOrigins(workload, desired.selection, assets);
    const nameRule = (job: string, rule: number): string | undefined => {
      const origin = origins.get(job);
      return origin === undefined ? undefined : describeRuleOrigin(origin, rule, title);
    };
    return { yaml: desired.config.yaml(), nameRule };
  } catch (error) {
    if (error instanceof ExitError) throw error;
    throw fail(describeError(error));
  }
}

function describeRejected(desired: DesiredPrometheus): string[] {
  return listRejected(desired).map(
    ({ type, object, rejection }) => `${type.kind} ${keyOf(object)} is rejected: ${describeRejection(rejection)}`,
  );
}

/** The configuration in the Secret that the operator wrote. */
async function readPublished({ world, workload, notes }: Given): Promise<string> {
  const { owner, names } = workload;
  const reference = { kind: 'Secret', namespace: owner.metadata.namespace ?? '', name: names.configSecret } as const;
  const assets = new AssetStore(await world.fetchAssets([reference], notes));
  const bytes = assets.readBytes({ ...reference, key: configKey });
  const where = `Secret ${reference.namespace}/${reference.name}`;
  if (bytes === undefined) {
    const why = notes.length > 0 ? notes.join(', ') : `there is no such Secret, or no key "${configKey}" in it`;
    throw new ExitError(exitCodes.failed, `Cannot read ${where}: ${why}`);
  }
  try {
    const text = bytes.length === 0 ? '' : gunzipSync(bytes).toString('utf8');
    return text.includes('http_sd_configs:')
      ? restoreDiscovery(text, await readPlans({ world, workload, notes }))
      : text;
  } catch (error) {
    if (!isUnpackingError(error)) throw error;
    throw new ExitError(exitCodes.failed, `Cannot read ${where}: its key "${configKey}" is no gzip`);
  }
}

/** The plan that the discovery service goes by: its files have numbers, which may have gaps. */
async function readPlans({ world, workload, notes }: Given): Promise<ConfigMap[]> {
  const found: ConfigMap[] = [];
  for (let from = 0, last = 1; last > 0; from += keptPlanNames) {
    const references = Array.from({ length: keptPlanNames }, (_, number): ObjectReference => {
      const name = `${planPrefix(workload)}${from + number}`;
      return { kind: 'ConfigMap', namespace: workload.owner.metadata.namespace ?? '', name };
    });
    const { configMaps } = await world.fetchAssets(references, notes);
    const keys = new Set(references.map(({ namespace, name }) => `${namespace}/${name}`));
    const own = configMaps.filter((one) => isPlan(one) && keys.has(keyOf(one)));
    found.push(...own);
    last = own.length;
  }
  return found;
}

function showShard(yaml: string, workload: PrometheusWorkload, shard: number | undefined): string {
  try {
    return viewShard(yaml, workload, shard);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ExitError(exitCodes.usage, error.message);
  }
}
