/**
 * `node --import tsx test/bench/turns.ts`: how long the first sync of large workloads holds the event loop: at once, as before it
 * could rest, and in turns. The longest turn is that of the middle one of five runs, each with caches of its own. The figures are
 * printed, never asserted.
 */
import type { KubernetesObject } from '../../src/api/meta.ts';
import { complete } from '../../src/base/interruptible.ts';
import type { Interruptible } from '../../src/base/interruptible.ts';
import { AssetStore } from '../../src/core/assets/store.ts';
import type { Desired } from '../../src/core/desired/steps.ts';
import { alertmanagerKind } from '../../src/core/kinds/alertmanager.ts';
import { mapSources } from '../../src/core/kinds/kind.ts';
import type { WorkloadKind, WorkloadObject } from '../../src/core/kinds/kind.ts';
import { serverKind } from '../../src/core/kinds/prometheus.ts';
import { createLister } from '../../src/core/manifests/sources.ts';
import { readCapabilities } from '../../src/operator/cluster/facts.ts';
import { parseOptions } from '../../src/operator/options/options.ts';
import { toSettings } from '../../src/operator/settings.ts';
import { Turns } from '../../src/runtime/turns.ts';
import { createMonitor, nameNamespace } from './monitors.ts';
import { median } from './processes.ts';

const settings = toSettings(parseOptions({}), readCapabilities({ major: 1, minor: 36, gitVersion: 'v1.36.0' }));
const metadata = { name: 'bench', namespace: nameNamespace(0), uid: 'bench', resourceVersion: '1' };
const assets = new AssetStore({ secrets: [], configMaps: [] });
const rounds = 5;

/** A workload with all that it selects. */
interface Scene {
  readonly name: string;
  readonly kind: WorkloadKind;
  readonly spec: object;
  readonly objects: Readonly<Partial<Record<string, readonly KubernetesObject[]>>>;
}

function* sync({ kind, spec, objects }: Scene): Interruptible<Desired> {
  const lists = mapSources((selected) => createLister(objects[selected] ?? []));
  const instance = { metadata, spec } as WorkloadObject;
  const match = yield* kind.createMatcher()(instance, settings, { ...lists, namespaces: createLister([]) });
  return yield* match.render(assets);
}

function measureOnce(scene: Scene): number {
  const began = performance.now();
  complete(sync(scene));
  return performance.now() - began;
}

/** The longest time from the end of one rest to the beginning of the next. */
async function measureTurns(scene: Scene): Promise<number> {
  let [since, longest] = [performance.now(), 0];
  const end = (): void => void (longest = Math.max(longest, performance.now() - since));
  const rest = async (): Promise<void> => {
    end();
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
  await new Turns({ monotonic: () => performance.now(), rest }).run(sync(scene));
  end();
  return longest;
}

const selectMonitors = { serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {} };

function manyMonitors(count: number): Scene {
  const objects = { ServiceMonitor: Array.from({ length: count }, (_, at) => createMonitor(at)) };
  return { name: `${count} ServiceMonitors`, kind: serverKind, spec: selectMonitors, objects };
}

function manyRoutes(count: number): Scene {
  const routes = Array.from({ length: count }, (_, at) => ({ matchers: [{ name: 'app', value: String(at) }] }));
  const spec = { receivers: [{ name: 'team' }], route: { receiver: 'team', routes } };
  const selectors = { alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} };
  const objects = { AlertmanagerConfig: [{ metadata, spec }] };
  return { name: `one AlertmanagerConfig of ${count} routes`, kind: alertmanagerKind, spec: selectors, objects };
}

function manyRules(count: number): Scene {
  const rules = Array.from({ length: count }, (_, at) => ({
    record: `app:errors:rate${at}`,
    expr: `sum by (pod) (rate(errors_total{app="a${at}"}[5m])) / ignoring (code) group_left sum by (pod) (rate(all_total[5m]))`,
  }));
  const objects = { PrometheusRule: [{ metadata, spec: { groups: [{ name: 'bench', rules }] } }] };
  const spec = { ruleSelector: {}, ruleNamespaceSelector: {} };
  return { name: `one PrometheusRule of ${count} rules`, kind: serverKind, spec, objects };
}

const show = (ms: number): string => ms.toFixed(0);
process.stdout.write(
  '| longest turn of the event loop, ms | at once, first | at once, hot | in turns |\n|---|--:|--:|--:|\n',
);
for (const scene of [
  manyMonitors(1000),
  manyMonitors(5000),
  manyMonitors(10_000),
  manyRoutes(10_000),
  manyRules(3000),
]) {
  const first = measureOnce(scene);
  const [once, turns]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    once.push(measureOnce(scene));
    turns.push(await measureTurns(scene));
  }
  process.stdout.write(`| ${scene.name} | ${show(first)} | ${show(median(once))} | ${show(median(turns))} |\n`);
}
