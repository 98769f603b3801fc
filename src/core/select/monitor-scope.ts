import type { KubernetesObject } from '../../api/meta.ts';
import type { AssetStore } from '../assets/store.ts';
import type { RegexpCache } from '../relabel/regexp-cache.ts';
import type { CheckScope } from '../field-checks/check-scope.ts';
import type { ScrapeContext } from '../render/prometheus/config/scrape-context.ts';

/** What the checks of a monitor look at besides the monitor. */
export interface MonitorScope extends CheckScope {
  readonly context: ScrapeContext;
}

/** The scope of one monitor: the keys that it refers to are in its own namespace. */
export function scopeToMonitor(
  monitor: KubernetesObject,
  context: ScrapeContext,
  { assets, regexps }: { readonly assets: AssetStore; readonly regexps: RegexpCache },
): MonitorScope {
  return { assets, regexps, context, version: context.version, namespace: monitor.metadata.namespace ?? '' };
}
