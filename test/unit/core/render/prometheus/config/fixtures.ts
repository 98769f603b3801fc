import { complete } from '../../../../../../src/base/interruptible.ts';
import type { PrometheusSpec } from '../../../../../../src/api/prometheus.ts';
import { parseYaml } from '../../../../../../src/base/yaml.ts';
import type { AssetStore } from '../../../../../../src/core/assets/store.ts';
import { renderPrometheusConfig } from '../../../../../../src/core/render/prometheus/config/prometheus-config.ts';
import type { RenderedConfig } from '../../../../../../src/core/render/prometheus/config/prometheus-config.ts';
import type { PrometheusWorkload } from '../../../../../../src/core/render/prometheus/prometheus-workload.ts';
import { LoadCheck } from '../../../../../../src/core/render/prometheus/config/load-check.ts';
import { renderFragments } from '../../../../../../src/core/render/prometheus/config/monitor-fragment.ts';
import { describeScraping } from '../../../../../../src/core/render/prometheus/config/scrape-context.ts';
import { createPrometheusCaches } from '../../../../../../src/core/desired/desired-prometheus.ts';
import type { PrometheusCaches } from '../../../../../../src/core/desired/desired-prometheus.ts';
import type { Monitors } from '../../../../../../src/core/monitor.ts';
import { selectMonitors } from '../../../../../../src/core/select/monitors.ts';
import { makeMonitors, makeStore, makeWorkload } from '../../../select/fixtures.ts';

/** What a configuration is rendered from; what is left out is empty. */
export interface Situation {
  readonly spec?: Partial<PrometheusSpec>;
  readonly workload?: PrometheusWorkload;
  readonly monitors?: Partial<Monitors>;
  readonly assets?: AssetStore;
  /** With them, monitors are selected; without, they are rendered as they are. */
  readonly caches?: PrometheusCaches;
  readonly ruleConfigMaps?: readonly string[];
}

export function render(situation: Situation): RenderedConfig {
  const { caches, assets = makeStore(), ruleConfigMaps = [] } = situation;
  const workload = situation.workload ?? makeWorkload(situation.spec);
  const context = describeScraping(workload);
  const matched = makeMonitors(situation.monitors ?? {});
  const config = (caches ?? createPrometheusCaches()).config;
  const fragments =
    caches === undefined
      ? renderFragments(matched, { context, assets, check: new LoadCheck(context, config.regexps) })
      : complete(selectMonitors({ context, matched, assets, cache: caches.monitors })).fragments;
  return renderPrometheusConfig({ workload, context, fragments, assets, ruleConfigMaps, caches: config });
}

export type Fields = Record<string, unknown>;

/** A prometheus.yml as data. */
export type Config = Fields & { readonly scrape_configs: readonly Fields[] };

export const read = (situation: Situation): Config => parseYaml(render(situation).yaml()) as Config;
