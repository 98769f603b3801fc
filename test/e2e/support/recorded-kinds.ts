/** StatefulSets of agents, Alertmanagers and ThanosRulers that the reference was recorded to make, brought to life under a name. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { alertmanagerType } from '../../../src/api/alertmanager.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { prometheusAgentType } from '../../../src/api/prometheus-agent.ts';
import { thanosRulerType } from '../../../src/api/thanos-ruler.ts';
import type { StatefulSet } from '../../../src/core/render/shared/rendered-objects.ts';
import { knownDifferences } from '../../conformance/known-differences.ts';
import { sharedFolder } from '../../shared-material.ts';
import type { Adoptable } from './recorded.ts';
import { dropUnset, mapJson } from './recorded.ts';
import { addRules, fillRulerDefaults } from './recorded-rules.ts';

interface Owner extends KubernetesObject {
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What the recordings of one kind have of their own. */
interface RecordedKind {
  readonly folder: string;
  readonly type: ResourceType;
  /** Where the recorded input has the object. */
  readonly input: 'prometheusAgent' | 'alertmanager' | 'thanosRuler';
  /** What the names of all that is made begin with. */
  readonly prefix: string;
  /** Adds what was not recorded because the operator around it was not there. */
  complete?(statefulSet: StatefulSet, name: string, donor: () => StatefulSet): void;
  /** The object as it can stand in a cluster. */
  fill?(spec: Owner['spec']): Owner['spec'];
}

const kinds: readonly RecordedKind[] = [
  { folder: 'agent-statefulset', type: prometheusAgentType, input: 'prometheusAgent', prefix: 'prom-agent' },
  { folder: 'alertmanager-statefulset', type: alertmanagerType, input: 'alertmanager', prefix: 'alertmanager' },
  {
    folder: 'thanosruler-statefulset',
    type: thanosRulerType,
    input: 'thanosRuler',
    prefix: 'thanos-ruler',
    complete(statefulSet, name, donor) {
      addRules(statefulSet, name, donor());
      fillRulerDefaults(statefulSet);
    },
    fill: (spec) => ({ ...spec, queryEndpoints: ['query:10901'] }),
  },
];

interface Config {
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Annotations: Readonly<Record<string, string>> | null;
  readonly LocalHost: string;
  readonly PrometheusDefaultBaseImage?: string;
  readonly AlertmanagerDefaultBaseImage?: string;
  readonly ThanosDefaultBaseImage?: string;
  readonly ReloaderConfig: Readonly<
    Record<'CPULimits' | 'CPURequests' | 'MemoryLimits' | 'MemoryRequests' | 'Image', string>
  >;
}

interface Recording {
  readonly input: Readonly<Partial<Record<RecordedKind['input'], Owner>>> & {
    readonly config: Config;
    readonly options?: { readonly topologySharding: boolean };
    readonly shard?: number;
  };
  readonly expect: { readonly output: StatefulSet | null };
}

const joinMap = (map: Config['Labels']): string =>
  Object.entries(map ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

/** The flags that stand for what the recording was made with. */
function listFlags({ config, options }: Recording['input']): string[] {
  const { ReloaderConfig: reloader } = config;
  const flags: readonly (readonly [string, string | undefined])[] = [
    ['prometheus-config-reloader', reloader.Image],
    ['config-reloader-cpu-request', reloader.CPURequests],
    ['config-reloader-cpu-limit', reloader.CPULimits],
    ['config-reloader-memory-request', reloader.MemoryRequests],
    ['config-reloader-memory-limit', reloader.MemoryLimits],
    ['localhost', config.LocalHost],
    ['labels', joinMap(config.Labels)],
    ['annotations', joinMap(config.Annotations)],
    ['prometheus-default-base-image', config.PrometheusDefaultBaseImage],
    ['alertmanager-default-base-image', config.AlertmanagerDefaultBaseImage],
    ['thanos-default-base-image', config.ThanosDefaultBaseImage],
    ['feature-gates', `PrometheusTopologySharding=${options?.topologySharding === true}`],
  ];
  const empty = new Set(['labels', 'annotations']);
  return flags.flatMap(([flag, value]) =>
    value === undefined || (value === '' && (empty.has(flag) || flag.endsWith('image'))) ? [] : [`--${flag}=${value}`],
  );
}

/** Names of objects, labels and arguments with another name: most recordings were made without one. */
function rename(
  value: unknown,
  prefix: string,
  { from, to, namespace }: Record<'from' | 'to' | 'namespace', string>,
): unknown {
  const labels = new Set(['app.kubernetes.io/instance', 'operator.prometheus.io/name', 'alertmanager', 'thanos-ruler']);
  return mapJson(value, (one, key) => {
    if (typeof one !== 'string') return one;
    if (one === from && labels.has(key)) return to;
    if (one === `${prefix}-${from}`) return `${prefix}-${to}`;
    if (/^--cluster\.label=(?:ns)?\//.test(one) && one.endsWith(`/${from}`))
      return `--cluster.label=${namespace}/${to}`;
    return one.replace(`${prefix}-${from}-`, `${prefix}-${to}-`);
  });
}

/** The tls-assets Secret, of which there always is one. */
function addTlsAssets({ spec }: StatefulSet, secret: string): void {
  const volume = spec.template.spec.volumes?.find(({ name }) => name === 'tls-assets');
  if (volume?.projected !== undefined) volume.projected.sources = [{ secret: { name: secret } }];
}

const dropNulls = (value: unknown): unknown => mapJson(value, (one) => (one === null ? undefined : one));

/** Every recorded StatefulSet of the kinds. The namespaces are those in which they are to be, by the flags. */
export function listOtherSets(namespaceOf: (flags: readonly string[]) => string): Adoptable[] {
  return kinds.flatMap((kind) => {
    const folder = join(sharedFolder, 'conformance', kind.folder);
    if (!existsSync(folder)) return [];
    const read = (file: string): Recording => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording;
    const donor = (): StatefulSet => dropUnset(read('stateful-set-volumes-001.json').expect.output) as StatefulSet;
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    return files.flatMap((file, index) => {
      const recording = `${kind.folder}/${file.replace(/\.json$/, '')}`;
      const { input, expect } = read(file);
      const owner = input[kind.input];
      if (expect.output === null || owner === undefined || recording in knownDifferences) return [];
      const flags = listFlags(input);
      const namespace = namespaceOf(flags);
      const [from, to] = [owner.metadata.name ?? '', `r${index}`];
      const statefulSet = dropUnset(rename(expect.output, kind.prefix, { from, to, namespace })) as StatefulSet;
      addTlsAssets(statefulSet, `${kind.prefix}-${to}-tls-assets-0`);
      kind.complete?.(statefulSet, to, donor);
      const spec = dropNulls(kind.fill?.(owner.spec) ?? owner.spec);
      const shard = (input.shard ?? 0) === 0 ? '' : `-shard-${input.shard ?? 0}`;
      return [
        {
          ...{ recording, type: kind.type, flags },
          owner: { ...owner, status: undefined, metadata: { ...owner.metadata, namespace, name: to }, spec } as Owner,
          statefulSet: {
            ...statefulSet,
            metadata: { ...statefulSet.metadata, namespace, name: `${kind.prefix}-${to}${shard}` },
          },
        },
      ];
    });
  });
}
