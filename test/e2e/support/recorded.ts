/** StatefulSets that the reference was recorded to make, brought to life under a name. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { knownDifferences } from '../../conformance/known-differences.ts';
import { sharedFolder } from '../../shared-material.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import type { Prometheus, PrometheusSpec } from '../../../src/api/prometheus.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import type { StatefulSet } from '../../../src/core/render/shared/rendered-objects.ts';

const recordedSets = join(sharedFolder, 'conformance', 'prometheus-statefulset');

/** Settings of the operator that most recordings were made with. */
const recordedFlags = [
  '--prometheus-config-reloader=quay.io/prometheus-operator/prometheus-config-reloader:latest',
  '--config-reloader-cpu-request=100m',
  '--config-reloader-cpu-limit=100m',
  '--feature-gates=PrometheusTopologySharding=false,PrometheusShardRetentionPolicy=false',
];

interface Recording {
  readonly input: {
    readonly prometheus: { readonly metadata: { readonly name?: string }; readonly spec: PrometheusSpec };
    readonly config: {
      readonly Labels: unknown;
      readonly Annotations: unknown;
      readonly LocalHost: string;
      readonly PrometheusDefaultBaseImage: string;
      readonly ReloaderConfig: {
        readonly CPULimits: string;
        readonly CPURequests: string;
        readonly MemoryLimits: string;
      };
    };
    readonly options: { readonly topologySharding: boolean; readonly retentionPolicies: boolean };
    readonly ruleConfigMapNames: readonly string[] | null;
    readonly shard: number;
  };
  readonly expect: { readonly output: StatefulSet | null };
}

/** One pair: what the user wrote, and what the reference made of it, with the owner's uid still to come. */
export interface Adoptable {
  /** "folder/case". */
  readonly recording: string;
  readonly type: ResourceType;
  readonly owner: KubernetesObject;
  readonly statefulSet: StatefulSet;
  /** The settings of the operator that it was made with. */
  readonly flags: readonly string[];
}

/** A JSON value with each part replaced, from the inside; undefined leaves it out. */
export function mapJson(value: unknown, change: (one: unknown, key: string) => unknown, key = ''): unknown {
  if (Array.isArray(value))
    return change(
      value.map((one: unknown) => mapJson(one, change)),
      key,
    );
  if (typeof value !== 'object' || value === null) return change(value, key);
  const entries = Object.entries(value).map(([name, one]) => [name, mapJson(one, change, name)] as const);
  return change(Object.fromEntries(entries.filter(([, one]) => one !== undefined)), key);
}

/** Typed structs write what is not set as null or "". */
export const dropUnset = (value: unknown): unknown =>
  mapJson(value, (one) => (one === null || one === '' ? undefined : one));

const nameLabels = new Set(['app.kubernetes.io/instance', 'operator.prometheus.io/name', 'prometheus']);

/** Most recordings were made without a name; names of objects and labels are where it was missing. */
function fillName(value: unknown, name: string): unknown {
  return mapJson(value, (one, key) => {
    if (one === '' && nameLabels.has(key)) return name;
    if (one === 'prometheus-') return `prometheus-${name}`;
    return typeof one === 'string' ? one.replace(/^prometheus--/, `prometheus-${name}-`) : one;
  });
}

/** The tls-assets Secret and the rule ConfigMaps, which the recordings were made without, where the reference has them. */
function addMounted(statefulSet: StatefulSet, name: string, { scrapeFailureLogFile }: PrometheusSpec): void {
  const { containers, initContainers = [], volumes = [] } = statefulSet.spec.template.spec;
  const rules = [0, 1, 2].map((index) => `prometheus-${name}-rulefiles-${index}`);
  const tls = volumes.find((volume) => volume.name === 'tls-assets');
  if (tls?.projected !== undefined) tls.projected.sources = [{ secret: { name: `prometheus-${name}-tls-assets-0` } }];
  // Versions before 2.24 have no web configuration.
  const insert = <T extends { name: string }>(list: T[], more: readonly T[], ...before: readonly string[]): void => {
    const at = before.map((next) => list.findIndex((one) => one.name === next)).find((index) => index >= 0);
    list.splice(at ?? list.length, 0, ...more);
  };
  insert(
    volumes,
    rules.map((rule) => ({ name: rule, configMap: { name: rule, optional: true } })),
    'web-config',
    `prometheus-${name}-db`,
  );
  const mounts = rules.map((rule) => ({ name: rule, mountPath: `/etc/prometheus/rules/${rule}` }));
  for (const container of [...containers, ...initContainers]) {
    const list = container.volumeMounts;
    if (list === undefined) continue;
    if (container.name === 'prometheus')
      insert(
        list,
        mounts.map((mount) => ({ ...mount, readOnly: true })),
        // The log of queries is mounted behind rules, that of scrapes before them (docs/reference/rendering.md 4.8).
        ...(scrapeFailureLogFile === undefined ? ['log-file', 'web-config'] : ['web-config']),
      );
    if (!/^(?:init-)?config-reloader$/.test(container.name)) continue;
    list.push(...mounts);
    const { args = [] } = container;
    const at = args.indexOf('--watched-dir=/etc/prometheus/config');
    args.splice(at, 0, ...rules.map((rule) => `--watched-dir=/etc/prometheus/rules/${rule}`));
  }
}

/** Made with the settings of `recordedFlags`. */
function hasUsualSettings({ config, options }: Recording['input']): boolean {
  const { CPULimits, CPURequests, MemoryLimits } = config.ReloaderConfig;
  const isUsual = CPULimits === '100m' && CPURequests === '100m' && MemoryLimits === '50Mi';
  const isPlain = config.Labels === null && config.Annotations === null && config.LocalHost === 'localhost';
  const hasImage = config.PrometheusDefaultBaseImage === 'quay.io/prometheus/prometheus';
  return isUsual && isPlain && hasImage && !options.topologySharding && !options.retentionPolicies;
}

function isUsable({ input, expect }: Recording): boolean {
  const isNameless = (input.prometheus.metadata.name ?? '') === '';
  return (
    expect.output !== null &&
    hasUsualSettings(input) &&
    input.ruleConfigMapNames === null &&
    input.shard === 0 &&
    isNameless
  );
}

/** The recordings of Prometheus that one operator can have made in one namespace. Names are short: volumes are named after them. */
export function listPrometheusSets(): Adoptable[] {
  if (!existsSync(recordedSets)) return [];
  const files = readdirSync(recordedSets).filter((file) => file.endsWith('.json'));
  return files.flatMap((file, index) => {
    const recorded = JSON.parse(readFileSync(join(recordedSets, file), 'utf8')) as Recording;
    const recording = `prometheus-statefulset/${file.replace(/\.json$/, '')}`;
    // What the reference mended later is rendered otherwise here: such pods restart, and should.
    if (!isUsable(recorded) || recording in knownDifferences) return [];
    const name = `r${index}`;
    const { metadata, spec } = recorded.input.prometheus;
    const owner = dropUnset({ metadata: { ...metadata, name }, spec }) as Prometheus;
    const statefulSet = dropUnset(fillName(recorded.expect.output, name)) as StatefulSet;
    addMounted(statefulSet, name, owner.spec);
    const placed = { ...statefulSet.metadata, name: `prometheus-${name}` };
    const flags = recordedFlags;
    return [{ recording, type: prometheusType, owner, statefulSet: { ...statefulSet, metadata: placed }, flags }];
  });
}
