import { complete } from '../../../src/base/interruptible.ts';
import { writeYamlItems } from '../../../src/base/yaml-writer.ts';
import { AssetStore } from '../../../src/core/assets/store.ts';
import { listMonitors, monitorKinds } from '../../../src/core/monitor.ts';
import type { Monitor, MonitorKind } from '../../../src/core/monitor.ts';
import type { Rejection } from '../../../src/core/rejection.ts';
import { createPrometheusCaches, renderPrometheus } from '../../../src/core/desired/desired-prometheus.ts';
import { requireComplete } from '../../../src/core/desired/steps.ts';
import { openJob } from '../../../src/core/render/prometheus/config/job.ts';
import { renderJobs } from '../../../src/core/render/prometheus/config/monitor-fragment.ts';
import { renderPrometheusConfig } from '../../../src/core/render/prometheus/config/prometheus-config.ts';
import { asServerWorkload } from '../../../src/core/render/prometheus/prometheus-workload.ts';
import type { PrometheusWorkload } from '../../../src/core/render/prometheus/prometheus-workload.ts';
import { InvalidFieldError, firstFinding } from '../../../src/core/findings.ts';
import { RegexpCache } from '../../../src/core/relabel/regexp-cache.ts';
import { makeFragments } from '../../../src/core/render/prometheus/config/fragment.ts';
import { scopeToMonitor } from '../../../src/core/select/monitor-scope.ts';
import { checkMonitor } from '../../../src/core/select/judge-monitor.ts';
import { describeScraping } from '../../../src/core/render/prometheus/config/scrape-context.ts';
import type { OperatorSettings } from '../../../src/core/settings.ts';
import { monitorMenus, workloadMenu } from './odd-values.ts';
import type { Menu } from './odd-values.ts';

/** A monitor and a workload with some odd values, and what we say of them. */
export interface OddCase {
  /** What was changed, for people. */
  readonly name: string;
  /** What we would write; undefined when a field alone says that we must not. */
  readonly published: string | undefined;
  /** What we refuse for Prometheus' sake, and the text that it would have got. */
  readonly refused: { readonly rejection: Rejection; readonly text: string } | undefined;
}

type Json = Record<string, unknown>;

/** Mulberry32: the same numbers for the same seed on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function setAt(target: Json, path: string, value: unknown): void {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  let inside: Json = target;
  for (const part of parts) inside = (inside[part] ??= {}) as Json;
  inside[last] = value;
}

const bases: Readonly<Record<MonitorKind, () => Json>> = {
  ServiceMonitor: () => ({ selector: {}, endpoints: [{ port: 'web' }] }),
  PodMonitor: () => ({ selector: {}, podMetricsEndpoints: [{ port: 'web' }] }),
  Probe: () => ({
    prober: { url: 'prober:9115', path: '/probe' },
    targets: { staticConfig: { static: ['a.example'] } },
  }),
  ScrapeConfig: () => ({ staticConfigs: [{ targets: ['a:1'] }] }),
};

interface Odd {
  readonly kind: MonitorKind;
  readonly monitorSpec: Json;
  readonly spec: Json;
  readonly secrets: Readonly<Record<string, string>>;
  readonly changes: string[];
}

/** Secrets that users write into prometheus.yml, by their field. */
const additional: Readonly<Record<string, string>> = {
  secretScrape: 'additionalScrapeConfigs',
  secretAlertmanagers: 'additionalAlertManagerConfigs',
  secretRelabel: 'additionalAlertRelabelConfigs',
};

function drawOdd(random: () => number): Odd {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const kind = pick(monitorKinds);
  const secrets: Record<string, string> = {};
  const changes: string[] = [];
  const monitorSpec = bases[kind]();
  const spec: Json = { scrapeInterval: '30s', evaluationInterval: '30s' };
  const change = (target: Json, menu: Menu): void => {
    const path = pick(Object.keys(menu));
    const value = pick(menu[path] ?? []);
    changes.push(`${path}=${JSON.stringify(value)}`);
    const field = additional[path];
    if (field === undefined) {
      setAt(target, path, structuredClone(value));
      return;
    }
    secrets[path] = String(value);
    setAt(target, field, { name: 'more', key: path });
  };
  // One change more often than several: what is wrong is known then.
  const inMonitor = random() < 0.6;
  if (inMonitor)
    for (let left = random() < 0.6 ? 1 : 3; left > 0; left -= 1) change(monitorSpec, monitorMenus[kind] ?? {});
  if (!inMonitor || random() < 0.2) change(spec, workloadMenu);
  return { kind, monitorSpec, spec, secrets, changes };
}

const encode = (text: string): string => Buffer.from(text).toString('base64');

function storeFor(secrets: Readonly<Record<string, string>>): AssetStore {
  const uuid = '6170692e-7363-616c-6577-61792e636f6d';
  const login = { user: 'U', password: 'P', empty: '', uuid };
  const data = (texts: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, encode(text)]));
  const secret = (name: string, texts: Readonly<Record<string, string>>) => ({
    kind: 'Secret',
    metadata: { namespace: 'a', name, resourceVersion: '1' },
    data: data(texts),
  });
  return new AssetStore({ secrets: [secret('login', login), secret('more', secrets)], configMaps: [] });
}

/** The whole text without asking what Prometheus would say. */
function writeUnchecked(workload: PrometheusWorkload, kind: MonitorKind, monitor: Monitor, assets: AssetStore): string {
  const context = describeScraping(workload);
  const caches = { regexps: new RegexpCache(), chunks: new Map() };
  const rest = { workload, context, fragments: makeFragments(() => []), ruleConfigMaps: [], assets, caches };
  const text = renderPrometheusConfig(rest).yaml();
  const tools = { assets, regexps: caches.regexps };
  // Left out for its own sake, it is none of the workload's concern.
  const own = firstFinding(checkMonitor(kind, monitor, scopeToMonitor(monitor, context, tools)));
  const isRendered = own === undefined || own.reason === 'InvalidConfiguration';
  const jobs = isRendered ? [...renderJobs(kind, openJob(kind, monitor, { context, assets }))] : [];
  const yaml = writeYamlItems(jobs.map(({ config }) => config));
  return text.replace(/^scrape_configs:.*\n/m, (line) => (yaml === '' ? line : `${line.replace(' []', '')}${yaml}`));
}

/** @param random a sequence that decides everything. */
export function makeOddCase(random: () => number, settings: OperatorSettings): OddCase {
  const { kind, monitorSpec, spec, secrets, changes } = drawOdd(random);
  const selectors = Object.fromEntries(
    ['serviceMonitor', 'podMonitor', 'probe', 'scrapeConfig'].map((one) => [`${one}Selector`, {}]),
  );
  const metadata = { namespace: 'a', name: 'p', uid: 'p' };
  const workload = asServerWorkload({ metadata, spec: { version: 'v3.15.0', ...selectors, ...spec } }, settings);
  const monitor: Monitor = {
    metadata: { namespace: 'a', name: 'odd', uid: 'm', resourceVersion: '1' },
    spec: monitorSpec,
  };
  const assets = storeFor(secrets);
  const monitors = listMonitors((one) => (one === kind ? [monitor] : []));
  const name = `${kind} ${changes.join(' ')}`;
  const refuse = (rejection: Rejection): OddCase['refused'] =>
    rejection.reason === 'InvalidConfiguration'
      ? { rejection, text: writeUnchecked(workload, kind, monitor, assets) }
      : undefined;
  try {
    const match = { workload, monitors, rules: [], references: [] };
    const { config, selection } = requireComplete(complete(renderPrometheus(match, assets, createPrometheusCaches())));
    const [rejected] = selection.rejected;
    return { name, published: config?.yaml(), refused: rejected && refuse(rejected.rejection) };
  } catch (error) {
    if (!(error instanceof InvalidFieldError)) throw error;
    return { name, published: undefined, refused: refuse(error.rejection) };
  }
}
