import { visitInBatches } from '../../../../base/interruptible.ts';
import type { Interruptible } from '../../../../base/interruptible.ts';
import { writeYamlFields } from '../../../../base/yaml-writer.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import type { AssetStore } from '../../../assets/store.ts';
import { recalledAtOnce } from '../../../limits.ts';
import { chooseDiscovery } from '../discovery-choice.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';
import type { Fragment } from './fragment.ts';
import { cutJobFiles, placeFragment } from './job-files.ts';
import type { JobFile, JobFileCache, PlacedFragment } from './job-files.ts';
import type { ScrapeContext } from './scrape-context.ts';
import { planGlobal } from './served-jobs.ts';
import { isServed } from './serving-context.ts';

/** What the discovery service is told of the jobs of a workload (docs/adr/0011-discovery-service.md). */
export interface DiscoveryPlan {
  /** What jobs inherit, as the first lines of each file. */
  readonly head: string;
  /** Each has its jobs; no job is in two. */
  readonly files: readonly JobFile[];
}

/** What planning the same workload again finds quicker. */
export interface PlanCache {
  readonly files: JobFileCache;
  readonly places: WeakMap<Fragment, PlacedFragment>;
}

export function createPlanCache(): PlanCache {
  return { files: new Map(), places: new WeakMap() };
}

function findPlace(fragment: Fragment, plan: string, { places }: PlanCache): PlacedFragment {
  const known = places.get(fragment);
  if (known !== undefined) return known;
  const place = placeFragment(fragment, [plan]);
  places.set(fragment, place);
  return place;
}

/** Cost is in proportion to what has changed since the last call with the same cache. */
export function* planDiscovery(
  global: YamlFields,
  fragments: readonly Fragment[],
  cache: PlanCache,
): Interruptible<DiscoveryPlan> {
  const placed: PlacedFragment[] = [];
  yield* visitInBatches(fragments, recalledAtOnce, (fragment) => {
    if (fragment.served !== undefined) placed.push(findPlace(fragment, fragment.served.plan, cache));
  });
  return { head: writeYamlFields({ global: planGlobal(global) }), files: yield* cutJobFiles(placed, cache.files) };
}

/** Why a workload discovers for itself though it asks for the service, for people. */
export function explainOwnDiscovery(
  workload: PrometheusWorkload,
  { serving }: ScrapeContext,
  assets: AssetStore,
): string | undefined {
  const ca = serving?.ca;
  if (ca === undefined || isServed(serving, assets)) return chooseDiscovery(workload).problem;
  const { namespace, name, key } = ca;
  return `Own discovery is used: cannot read key "${key}" of Secret "${namespace}/${name}", the CA of the discovery service`;
}
