import { complete } from '../../../src/base/interruptible.ts';
import type { AlertmanagerConfig } from '../../../src/api/alertmanager-config.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import type { PrometheusRule } from '../../../src/api/prometheus-rule.ts';
import { Version } from '../../../src/base/version.ts';
import { loadAlertmanagerConfig } from '../../../src/core/alertmanager-config/load.ts';
import { AssetStore } from '../../../src/core/assets/store.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../../src/core/desired/alertmanager-config.ts';
import {
  createPrometheusCaches,
  matchPrometheus,
  renderPrometheus,
} from '../../../src/core/desired/desired-prometheus.ts';
import type { Monitors } from '../../../src/core/monitor.ts';
import { loadPrometheusConfig } from '../../../src/core/prometheus-config/load-config.ts';
import { asServerWorkload } from '../../../src/core/render/prometheus/prometheus-workload.ts';
import { ConfigCache } from '../../../src/core/select/alertmanager-config/cache.ts';
import { RuleCache, selectRules } from '../../../src/core/select/rules.ts';
import type { SeededRandom } from '../../e2e/discovery/seeded-random.ts';
import {
  makeLister,
  makeNamespace,
  makePrometheus,
  makeSecret,
  makeSources,
  settings,
} from '../../unit/core/select/fixtures.ts';
import { makeContext } from '../../unit/core/render/rules/fixtures.ts';
import { makeAlertmanagerYaml, makePrometheusYml } from '../configs.ts';
import { Filler, makeAlertmanagerSpec, makeDeep, makeRules, makeWorkloadSpec, monitorSpecs } from '../objects.ts';
import { makeYaml } from '../texts/yaml.ts';
import type { Checker } from './checker.ts';
import { onObject, onText } from './checker.ts';

const newestPrometheus = Version.parse('3.13.2');
const newestAlertmanager = Version.parse('0.35.0');
const metadata = { name: 'a', namespace: 'shop', uid: 'a', resourceVersion: '1' };

/** A spec with a tree in it that is deeper than any schema allows, as an object in storage may have. */
export function withDeep(spec: object, random: SeededRandom, room: number): object {
  return random.chance(0.1) ? { ...spec, deep: makeDeep(random, room) } : spec;
}

const rules = onObject(
  'rules',
  (random, room) => ({ metadata, spec: withDeep(makeRules(new Filler(random, room)), random, room) }),
  (object) => {
    const rule = object as PrometheusRule;
    complete(selectRules([rule], makeContext(), new RuleCache()));
    complete(selectRules([rule], makeContext({ enforcedNamespaceLabel: 'namespace' }), new RuleCache()));
  },
);

interface Scene {
  readonly spec: object;
  readonly monitors: Partial<Monitors>;
  readonly additional?: string;
}

/** A Prometheus with all that it selects, from matching to the compressed configuration. */
function renderScene({ spec, monitors, additional }: Scene): void {
  const sources = { ...makeSources(monitors, [makeNamespace('shop')]), PrometheusRule: makeLister<PrometheusRule>([]) };
  const caches = createPrometheusCaches();
  const secrets = additional === undefined ? [] : [makeSecret('monitoring/more', { 'a.yaml': additional })];
  const workload = asServerWorkload(makePrometheus(spec), settings);
  complete(
    renderPrometheus(
      complete(matchPrometheus(workload, sources, caches)),
      new AssetStore({ secrets, configMaps: [] }),
      caches,
    ),
  );
}

const monitors = onObject(
  'monitors',
  (random, room): Scene => {
    const kind = random.pick(Object.keys(monitorSpecs) as (keyof typeof monitorSpecs)[]);
    const spec = withDeep(monitorSpecs[kind](new Filler(random, room)), random, room);
    return { spec: {}, monitors: { [kind]: [{ metadata, spec }] } };
  },
  renderScene,
);

const workloads = onObject(
  'workloads',
  (random, room): Scene => {
    const spec = makeWorkloadSpec(new Filler(random, room));
    if (random.chance(0.5)) return { spec, monitors: {} };
    return {
      spec: { additionalScrapeConfigs: { name: 'more', key: 'a.yaml' } },
      monitors: {},
      additional: makeYaml(random, room),
    };
  },
  renderScene,
);

const alertmanagerConfigs = onObject(
  'AlertmanagerConfigs',
  (random, room) => {
    const spec = withDeep(makeAlertmanagerSpec(new Filler(random, room)), random, room);
    return { metadata, spec };
  },
  (config) => {
    const alertmanager = {
      metadata: { namespace: 'shop', name: 'main' },
      spec: { alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} },
    };
    const namespaces = makeLister<KubernetesObject>([makeNamespace('shop')]);
    const cache = new ConfigCache();
    const sources = { AlertmanagerConfig: makeLister([config as AlertmanagerConfig]), namespaces };
    const match = complete(matchAlertmanager({ alertmanager, version: newestAlertmanager }, sources, cache));
    complete(renderAlertmanagerConfig(match, new AssetStore({ secrets: [], configMaps: [] }), cache));
  },
);

/** Checkers of what workloads select and read. */
export const objectCheckers: readonly Checker[] = [
  rules,
  monitors,
  workloads,
  alertmanagerConfigs,
  onText('prometheus.yml', makePrometheusYml, (text) => void loadPrometheusConfig(text, newestPrometheus)),
  onText('alertmanager.yaml', makeAlertmanagerYaml, (text) => void loadAlertmanagerConfig(text)),
];
