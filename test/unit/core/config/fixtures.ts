import type { PrometheusSpec } from '../../../../src/api/prometheus.ts';
import { parseYaml } from '../../../../src/base/yaml.ts';
import type { AssetStore } from '../../../../src/core/assets/store.ts';
import { renderPrometheusConfig } from '../../../../src/core/render/prometheus/config/prometheus-config.ts';
import type { RenderedConfig } from '../../../../src/core/render/prometheus/config/prometheus-config.ts';
import type { PrometheusWorkload } from '../../../../src/core/render/prometheus/workload.ts';
import { MonitorCache } from '../../../../src/core/select/monitor-cache.ts';
import type { Monitors } from '../../../../src/core/select/monitors.ts';
import { makeMonitors, makeStore, makeWorkload } from '../select/fixtures.ts';

/** What a configuration is rendered from; what is left out is empty. */
export interface Situation {
  readonly spec?: Partial<PrometheusSpec>;
  readonly workload?: PrometheusWorkload;
  readonly monitors?: Partial<Monitors>;
  readonly assets?: AssetStore;
  readonly cache?: MonitorCache;
  readonly ruleConfigMaps?: readonly string[];
}

export function render(situation: Situation): RenderedConfig {
  return renderPrometheusConfig({
    workload: situation.workload ?? makeWorkload(situation.spec),
    monitors: makeMonitors(situation.monitors ?? {}),
    assets: situation.assets ?? makeStore(),
    ruleConfigMaps: situation.ruleConfigMaps ?? [],
    cache: situation.cache ?? new MonitorCache(),
  });
}

export type Fields = Record<string, unknown>;

/** A prometheus.yml as data. */
export type Config = Fields & { readonly scrape_configs: readonly Fields[] };

export const read = (situation: Situation): Config => parseYaml(render(situation).yaml()) as Config;
