import { complete } from '../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '../../src/api/meta.ts';
import type { Monitors } from '../../src/core/monitor.ts';
import { parseYaml } from '../../src/base/yaml.ts';
import { collectWorkloadReferences } from '../../src/core/assets/plans.ts';
import { AssetStore } from '../../src/core/assets/store.ts';
import type { AssetObject } from '../../src/core/assets/store.ts';
import type { PrometheusWorkload } from '../../src/core/render/prometheus/prometheus-workload.ts';
import { renderPrometheusConfig } from '../../src/core/render/prometheus/config/prometheus-config.ts';
import { LoadCheck } from '../../src/core/render/prometheus/config/load-check.ts';
import { renderFragments } from '../../src/core/render/prometheus/config/monitor-fragment.ts';
import { describeScraping } from '../../src/core/render/prometheus/config/scrape-context.ts';
import { RegexpCache } from '../../src/core/relabel/regexp-cache.ts';
import { sortByKey } from '../../src/core/select/match.ts';
import type { OperatorSettings } from '../../src/core/settings.ts';
import { readRecording } from './case-folder.ts';
import { dropNulls } from './cases.ts';

/** Recorded input of a configuration. */
export interface ConfigInput {
  readonly selected: {
    readonly serviceMonitors: Record<string, KubernetesObject> | null;
    readonly podMonitors: Record<string, KubernetesObject> | null;
    readonly probes: Record<string, KubernetesObject> | null;
    readonly scrapeConfigs: Record<string, KubernetesObject> | null;
  };
  readonly objects: AssetObject[] | null;
  readonly options: RecordedOptions;
  readonly additionalScrapeConfigs: string;
  readonly additionalAlertRelabelConfigs?: string;
  readonly additionalAlertManagerConfigs?: string;
  readonly ruleConfigMapNames?: string[] | null;
}

interface RecordedOptions {
  readonly endpointSliceSupported: boolean;
  readonly podTopologyLabels: boolean;
  readonly topologySharding: boolean;
  readonly retentionPolicies: boolean;
}

/** Settings of which only gates and capabilities matter to the configuration. */
export function settingsFor(options: RecordedOptions): OperatorSettings {
  return {
    localHost: 'localhost',
    prometheusBaseImage: '',
    alertmanagerBaseImage: '',
    thanosBaseImage: '',
    reloader: { image: '', cpuRequest: '', cpuLimit: '', memoryRequest: '', memoryLimit: '', probes: false },
    labels: {},
    annotations: {},
    clusterDomain: '',
    watchReferencedObjectsInAllNamespaces: false,
    disableUnmanagedConfiguration: false,
    gates: {
      PrometheusAgentDaemonSet: true,
      PrometheusTopologySharding: options.topologySharding,
      PrometheusShardRetentionPolicy: options.retentionPolicies,
      StatusForConfigurationResources: false,
      RemoteWriteCustomResourceDefinition: false,
      AlertmanagerOriginLabels: false,
    },
    guards: { podDisruptionBudgets: 'off', networkPolicies: 'off' },
    capabilities: { endpointSlices: options.endpointSliceSupported, podTopologyLabels: options.podTopologyLabels },
  };
}

/** Fetched objects by kind. */
export function storeOf(objects: readonly AssetObject[] | null): AssetStore {
  const all = dropNulls(objects ?? []);
  return new AssetStore({
    secrets: all.filter(({ kind }) => kind === 'Secret'),
    configMaps: all.filter(({ kind }) => kind === 'ConfigMap'),
  });
}

const additional = [
  'additionalScrapeConfigs',
  'additionalAlertRelabelConfigs',
  'additionalAlertManagerConfigs',
] as const;

/** The texts of the three additional lists are recorded without the Secrets that hold them: they get some. */
export function asSecrets<S extends object>(
  input: ConfigInput,
  spec: S,
  namespace: string,
): { spec: S; secrets: AssetObject[] } {
  const given = additional.filter((field) => (input[field] ?? '') !== '');
  const secrets = given.map((field) => ({
    kind: 'Secret',
    metadata: { namespace, name: field.toLowerCase() },
    data: { list: Buffer.from(input[field] ?? '').toString('base64') },
  }));
  const selectors = given.map((field) => [field, { name: field.toLowerCase(), key: 'list' }]);
  return { spec: { ...spec, ...Object.fromEntries(selectors) }, secrets };
}

const listOf = (recorded: Record<string, KubernetesObject> | null): KubernetesObject[] =>
  sortByKey(Object.values(dropNulls(recorded ?? {})));

function monitorsOf({ selected }: ConfigInput): Monitors {
  return {
    ServiceMonitor: listOf(selected.serviceMonitors),
    PodMonitor: listOf(selected.podMonitors),
    Probe: listOf(selected.probes),
    ScrapeConfig: listOf(selected.scrapeConfigs),
  } as unknown as Monitors;
}

/** Certificates in which the reference, too, found nothing wrong. */
function readPair(): Readonly<Record<string, string>> {
  const { input } = readRecording('selection-serviceMonitor/select-service-monitors-001.json') as {
    input: { objects: AssetObject[] };
  };
  return input.objects.find(({ data }) => data?.['ca'] !== undefined)?.data ?? {};
}

/** Secrets that the recording refers to and leaves out: the reference's renderer does not look into them, ours does. */
function mendMissing(workload: PrometheusWorkload, assets: AssetStore): AssetObject[] {
  const missing = collectWorkloadReferences({ metadata: workload.owner.metadata, spec: workload.spec }).filter(
    (reference) => reference.field.includes('tlsConfig') && assets.versionOf(reference) === '',
  );
  if (missing.length === 0) return [];
  const pair = readPair();
  const contentOf = (field: string): string => pair[/\.(ca|cert)\./.exec(field)?.[1] ?? 'key'] ?? '';
  const data = Object.fromEntries(missing.map(({ key, field }) => [key, contentOf(field)]));
  return missing.map(({ kind, namespace, name }) => ({ kind, metadata: { namespace, name }, data }));
}

/** Renders and compares text and order of keys; the compressed form must hold the same text. */
export function compareConfig(
  recorded: { input: ConfigInput; error: string | null; output: string },
  makeWorkload: () => { workload: PrometheusWorkload; secrets: AssetObject[] },
): void {
  const render = () => {
    const { workload, secrets } = makeWorkload();
    const given = [...(recorded.input.objects ?? []), ...secrets];
    const assets = storeOf([...given, ...mendMissing(workload, storeOf(given))]);
    const ruleConfigMaps = recorded.input.ruleConfigMapNames ?? [];
    const context = describeScraping(workload);
    const caches = { regexps: new RegexpCache(), chunks: new Map() };
    const check = new LoadCheck(context, caches.regexps);
    const fragments = renderFragments(monitorsOf(recorded.input), { context, assets, check });
    return renderPrometheusConfig({ workload, context, fragments, assets, ruleConfigMaps, caches });
  };
  if (recorded.error !== null) {
    assert.throws(render, { name: 'TerminalError' });
    return;
  }
  const config = render();
  const [ours, theirs] = [parseYaml(config.yaml()), parseYaml(recorded.output)];
  assert.deepEqual(ours, theirs);
  assert.equal(JSON.stringify(ours), JSON.stringify(theirs), 'the order of keys differs');
  assert.equal(gunzipSync(complete(config.gzip())).toString('utf8'), config.yaml());
}
