import type { TerminalError } from '../../base/errors.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import type { AssetStore } from '../assets/store.ts';
import { groupTlsAssets } from '../assets/tls-assets.ts';
import type { PlanCache } from '../render/prometheus/config/discovery-plan.ts';
import type { RenderedConfig } from '../render/prometheus/config/prometheus-config.ts';
import type { SplitCache } from '../render/prometheus/config/split-config.ts';
import { webConfigFolder } from '../render/prometheus/prometheus-paths.ts';
import { renderHttpClientSecret } from '../render/prometheus/prometheus-secrets.ts';
import { renderDaemonSet, renderStatefulSet } from '../render/prometheus/prometheus-sets.ts';
import type { StatefulSetInput } from '../render/prometheus/prometheus-sets.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { decideSurplus } from '../render/prometheus/retention.ts';
import { countShards } from '../render/prometheus/shards.ts';
import { renderTlsAssetSecrets, renderWebConfigSecret } from '../render/shared/owned-secrets.ts';
import type { StatefulSet } from '../render/shared/rendered-objects.ts';
import { selectWorkload } from '../render/prometheus/prometheus-labels.ts';
import { writeConfig } from './config-secrets.ts';
import { listPlanSteps } from './discovery-steps.ts';
import { listGuardSteps } from './guard-steps.ts';
import { attempt, attemptInterruptible, listSets, listTlsAssetSteps, writeSecret } from './steps.ts';
import type { Step } from './steps.ts';

interface ConfigParts {
  readonly config: RenderedConfig | 'unmanaged' | undefined;
  /** Names of the rule ConfigMaps. */
  readonly mounted: readonly string[];
  readonly assets: AssetStore;
  readonly failures: TerminalError[];
  /** The StatefulSets that there are in the namespace. */
  readonly live: readonly StatefulSet[];
  readonly cache: SplitCache;
  readonly planCache: PlanCache;
}

/**
 * From the configuration to the sets. Without a configuration nobody knows how many assets the pods must mount, and without
 * the web configuration pods would serve otherwise than they are probed: the sets stay as they are then.
 */
export function* listConfigSteps(workload: PrometheusWorkload, parts: ConfigParts): Interruptible<Step[]> {
  const { config, mounted, assets, failures, live, cache, planCache } = parts;
  const web = attempt(failures, () => renderWebConfigSecret(workload, webConfigFolder));
  const beside = [
    ...(web === undefined ? [] : [writeSecret(web)]),
    ...(workload.server === undefined ? [] : [writeSecret(renderHttpClientSecret(workload))]),
    ...(workload.form === 'StatefulSet' ? [{ kind: 'governing-service' } as const] : []),
  ];
  const written =
    config && (yield* attemptInterruptible(failures, () => writeConfig({ workload, config, live, cache })));
  if (config === undefined || written === undefined) return beside;
  const plan = yield* listPlanSteps(workload, config, planCache);
  const assetKeys = config === 'unmanaged' ? [] : config.tlsAssets;
  const tlsAssets = renderTlsAssetSecrets(workload, groupTlsAssets(assetKeys, assets));
  const { jobFileReserve } = written;
  const mounts = { tlsAssetSecrets: tlsAssets.length, ruleConfigMaps: mounted, jobFileReserve };
  const makeSets = (): Interruptible<Step[]> => listSetSteps(workload, mounts);
  const sets = web === undefined ? undefined : yield* attemptInterruptible(failures, makeSets);
  const pods = sets === undefined ? [] : [...sets, ...written.after, ...listGuards(workload, sets)];
  const assetSteps = listTlsAssetSteps(workload, tlsAssets);
  const isEarly = ({ kind }: Step): boolean => plan.before.length > 0 && kind === 'write';
  // A job that asks the discovery service without having its CA would lose its targets until the next reload.
  const before = [...plan.before, ...assetSteps.filter(isEarly), ...written.before, ...plan.after];
  return [...before, ...assetSteps.filter((step) => !isEarly(step)), ...beside, ...pods];
}

const listGuards = (workload: PrometheusWorkload, sets: readonly Step[]): Step[] =>
  listGuardSteps(workload, { sets: listSets(sets), selector: selectWorkload(workload) });

function* listSetSteps(workload: PrometheusWorkload, mounted: Omit<StatefulSetInput, 'shard'>): Interruptible<Step[]> {
  const decide = (live: readonly StatefulSet[], now: number) => decideSurplus(workload, live, now);
  const name = workload.names.prefix;
  if (workload.form === 'DaemonSet') {
    const object = renderDaemonSet(workload, mounted.tlsAssetSecrets);
    return [
      { kind: 'daemon-set', name, object },
      { kind: 'surplus-sets', decide },
    ];
  }
  const sets: Step[] = [];
  for (let shard = 0; shard < countShards(workload.spec); shard += 1) {
    sets.push({ kind: 'stateful-set', object: renderStatefulSet(workload, { shard, ...mounted }) });
    yield;
  }
  return [
    ...sets,
    ...(workload.role === 'agent' ? [{ kind: 'daemon-set', name, object: undefined } as const] : []),
    { kind: 'surplus-sets', decide },
  ];
}
