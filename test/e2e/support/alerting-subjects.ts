/** Alertmanager and ThanosRuler, as the same tests meet them. */
import { alertmanagerConfigType } from '../../../src/api/alertmanager-config.ts';
import { alertmanagerType } from '../../../src/api/alertmanager.ts';
import { configMapType, secretType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { prometheusRuleType } from '../../../src/api/prometheus-rule.ts';
import { thanosRulerType } from '../../../src/api/thanos-ruler.ts';
import type { ConfigMap, Secret } from '../../../src/core/render/shared/rendered-objects.ts';
import { decodeAlertmanagerConfig } from './config.ts';
import { makeAlertmanagerConfig, makeRule } from './objects.ts';
import type { Subject, WorkloadWorld } from './workload-world.ts';

/** The Secret, and its key, that `useSecret` refers to. */
export const usedSecret = { name: 'login', key: 'value' };

export interface AlertingSubject extends Subject {
  /** Name of its queue in metrics. */
  readonly queue: string;
  /** What it selects. */
  readonly selected: ResourceType;
  /** The field that says in which namespaces. */
  readonly namespaceSelector: string;
  /** All that is made for one that is called "main". */
  readonly children: readonly string[];
  /** The object that holds what `readOutput` reads, for an object named "main". */
  readonly output: { readonly type: ResourceType; readonly name: string };
  readonly imageOf: (version: string) => string;
  /** A version that is not the default. */
  readonly olderVersion: string;
  makeSelected(namespace: string, name: string): KubernetesObject;
  /** One that the API server takes and the program would not. */
  makeBroken(namespace: string, name: string): KubernetesObject;
  /** What the output has as soon as the object of `makeSelected` is used. */
  traceOf(namespace: string, name: string): string;
  /** All that it is told by files. */
  readOutput(world: WorkloadWorld): Promise<string>;
  /** Makes it depend on the value of `usedSecret`. */
  useSecret(world: WorkloadWorld): Promise<void>;
  scale(world: WorkloadWorld, replicas: number): Promise<void>;
}

async function readSecret({ api, namespace, prefix }: WorkloadWorld, suffix: string): Promise<Secret> {
  return await api.get<Secret>(secretType, `${namespace}/${prefix}${suffix}`);
}

/** Alertmanager objects. */
export const alertmanagers: AlertingSubject = {
  type: alertmanagerType,
  program: 'alertmanager',
  queue: 'alertmanager',
  selected: alertmanagerConfigType,
  namespaceSelector: 'alertmanagerConfigNamespaceSelector',
  children: [
    'Secret alertmanager-main-cluster-tls-config',
    'Secret alertmanager-main-generated',
    'Secret alertmanager-main-tls-assets-0',
    'Secret alertmanager-main-web-config',
    'Service alertmanager-operated',
    'StatefulSet alertmanager-main',
  ],
  output: { type: secretType, name: 'alertmanager-main-generated' },
  imageOf: (version) => `quay.io/prometheus/alertmanager:${version}`,
  olderVersion: 'v0.32.0',
  make: (namespace, name, spec) => ({
    metadata: { namespace, name },
    spec: { alertmanagerConfigSelector: {}, ...spec },
  }),
  makeSelected: (namespace, name) => makeAlertmanagerConfig(namespace, name, { url: `http://${name}/` }),
  makeBroken: (namespace, name) => makeAlertmanagerConfig(namespace, name, { url: 'mailto:nobody' }),
  traceOf: (namespace, name) => `${namespace}/${name}/hook`,
  readOutput: async (world) => decodeAlertmanagerConfig(await readSecret(world, '-generated')) ?? '',
  async useSecret({ api, namespace }) {
    const config = makeAlertmanagerConfig(namespace, 'secret', { urlSecret: usedSecret });
    await api.create(alertmanagerConfigType, config);
  },
  scale: async ({ api, namespace, name }, replicas) => {
    await api.patch(alertmanagerType, `${namespace}/${name}`, { spec: { replicas } }, 'scale');
  },
};

const recordOf = (namespace: string, name: string): string => `${namespace}:${name}:up`.replaceAll('-', '_');

/** ThanosRuler objects. */
export const thanosRulers: AlertingSubject = {
  type: thanosRulerType,
  program: 'thanos-ruler',
  queue: 'thanos',
  selected: prometheusRuleType,
  namespaceSelector: 'ruleNamespaceSelector',
  children: [
    'ConfigMap thanos-ruler-main-rulefiles-0',
    'Secret thanos-ruler-main-config',
    'Secret thanos-ruler-main-tls-assets-0',
    'Secret thanos-ruler-main-web-config',
    'Service thanos-ruler-operated',
    'StatefulSet thanos-ruler-main',
  ],
  output: { type: configMapType, name: 'thanos-ruler-main-rulefiles-0' },
  imageOf: (version) => `quay.io/thanos/thanos:${version}`,
  olderVersion: 'v0.41.0',
  make: (namespace, name, spec) => ({
    metadata: { namespace, name },
    spec: { queryEndpoints: ['dns+query:9090'], ruleSelector: {}, ...spec },
  }),
  makeSelected: (namespace, name) => makeRule(namespace, name, 'sum(up)', recordOf(namespace, name)),
  makeBroken: (namespace, name) => makeRule(namespace, name, 'sum(up'),
  traceOf: (namespace, name) => `record: ${recordOf(namespace, name)}`,
  async readOutput(world) {
    const maps = await world.api.list<ConfigMap>(configMapType, world.namespace);
    const own = maps.filter(({ metadata }) => metadata.name?.startsWith(`${world.prefix}-rulefiles-`) === true);
    const { data = {} } = await readSecret(world, '-config');
    const remoteWrite = Buffer.from(data['remote-write.yaml'] ?? '', 'base64').toString('utf8');
    return [...own.flatMap(({ data: files = {} }) => Object.values(files)), remoteWrite].join('\n');
  },
  async useSecret(world) {
    const remoteWrite = [{ url: 'http://store/', authorization: { credentials: usedSecret } }];
    await world.patchSpec({ remoteWrite });
  },
  scale: (world, replicas) => world.patchSpec({ replicas }),
};
