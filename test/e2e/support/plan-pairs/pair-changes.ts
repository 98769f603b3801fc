/** What users change between two applies: each change is one edit of the manifests. */
import type { SeededRandom } from '../../discovery/seeded-random.ts';
import {
  everything,
  makeAlertmanagerConfig,
  makeMonitor,
  makeRule,
  makeStorage,
  makeWorkload,
  monitorKinds,
  monitorNames,
  versions,
  workloadKinds,
} from './pair-objects.ts';
import type { Manifest } from './pair-objects.ts';

/** Manifests by "Kind/name". */
export type Manifests = Map<string, Manifest>;

export interface Scene {
  readonly random: SeededRandom;
  readonly objects: Manifests;
  readonly namespace: string;
}

/** Changes the manifests of a scene; false: there is nothing here that it could change. */
export type Change = (scene: Scene) => boolean;

type Spec = Manifest['spec'];

const keyOf = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`;

const find = ({ objects }: Scene, kinds: readonly string[]): Manifest[] =>
  [...objects.values()].filter(({ kind }) => kinds.includes(kind));

/** A change of one workload, of those that pass the test. */
const onWorkload =
  (edit: (spec: Spec, scene: Scene, workload: Manifest) => void, fits: (workload: Manifest) => boolean = () => true) =>
  (scene: Scene): boolean => {
    const some = find(scene, workloadKinds).filter(fits);
    if (some.length === 0) return false;
    const workload = scene.random.pick(some);
    edit(workload.spec, scene, workload);
    return true;
  };

const isDaemonSet = ({ spec }: Manifest): boolean => spec['mode'] === 'DaemonSet';
const isSet = (workload: Manifest): boolean => !isDaemonSet(workload);
const isOf =
  (...kinds: readonly string[]) =>
  (workload: Manifest): boolean =>
    kinds.includes(workload.kind) && isSet(workload);

const put = (scene: Scene, object: Manifest): boolean => {
  scene.objects.set(keyOf(object), object);
  return true;
};

const remove = (scene: Scene, kinds: readonly string[]): boolean => {
  const some = find(scene, kinds);
  if (some.length === 0) return false;
  return scene.objects.delete(keyOf(scene.random.pick(some)));
};

/** What the API does not take of an agent in DaemonSet mode. */
const setFields: ReadonlySet<string> = new Set([
  ...['replicas', 'shards', 'storage', 'updateStrategy', 'podManagementPolicy', 'serviceName'],
  ...['persistentVolumeClaimRetentionPolicy', 'serviceMonitorSelector', 'probeSelector', 'scrapeConfigSelector'],
  'additionalScrapeConfigs',
]);

const withoutSetFields = (spec: Spec): Spec =>
  Object.fromEntries(Object.entries(spec).filter(([field]) => !setFields.has(field)));

/** Changes of fields of workloads. */
const ofWorkloads: Readonly<Record<string, Change>> = {
  version: onWorkload((spec, { random }, { kind }) => {
    spec['version'] = random.pick(versions[kind as keyof typeof versions]);
  }),
  image: onWorkload((spec, { random }) => (spec['image'] = `registry.example/program:v${random.integer(1, 9)}.0.0`)),
  replicas: onWorkload((spec, { random }) => (spec['replicas'] = random.integer(0, 3)), isSet),
  shards: onWorkload(
    (spec, { random }) => (spec['shards'] = random.integer(1, 3)),
    isOf('Prometheus', 'PrometheusAgent'),
  ),
  'retained shards': onWorkload((spec) => {
    spec['shards'] = 1;
    spec['shardRetentionPolicy'] = { whenScaled: 'Retain' };
  }, isOf('Prometheus')),
  'storage size': onWorkload((spec, { random }) => (spec['storage'] = makeStorage(random)), isSet),
  'larger storage': onWorkload(
    (spec, { random }) => (spec['storage'] = makeStorage(random, `${random.integer(6, 9)}Gi`)),
    ({ spec }) => spec['storage'] !== undefined,
  ),
  'no storage': onWorkload((spec) => delete spec['storage'], isSet),
  'storage class': onWorkload((spec, { random }) => {
    const claim = { storageClassName: random.pick(['none-of-these', '']), resources: { requests: { storage: '1Gi' } } };
    spec['storage'] = { volumeClaimTemplate: { spec: claim } };
  }, isSet),
  'claims of scaled pods': onWorkload(
    (spec, { random }) => {
      spec['persistentVolumeClaimRetentionPolicy'] = { whenScaled: random.pick(['Delete', 'Retain']) };
    },
    isOf('Prometheus', 'PrometheusAgent', 'Alertmanager'),
  ),
  'pod management': onWorkload((spec, { random }) => {
    spec['podManagementPolicy'] = random.pick(['OrderedReady', 'Parallel']);
  }, isSet),
  'service name': onWorkload(
    (spec, { random }) => (spec['serviceName'] = random.pick(['mine', 'other', 'nowhere'])),
    isSet,
  ),
  'update strategy': onWorkload((spec, { random }) => {
    spec['updateStrategy'] = { type: random.pick(['OnDelete', 'RollingUpdate']) };
  }, isSet),
  'pod labels': onWorkload(
    (spec, { random }) => (spec['podMetadata'] = { labels: { taste: `t${random.integer(1, 9)}` } }),
  ),
  'pod annotations': onWorkload((spec, { random }) => {
    spec['podMetadata'] = { annotations: { note: `n${random.integer(1, 9)}` } };
  }),
  resources: onWorkload((spec, { random }) => {
    spec['resources'] = { requests: { memory: `${random.integer(1, 4)}00Mi` } };
  }),
  'resources that cannot be': onWorkload((spec) => {
    spec['resources'] = { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } };
  }),
  'mounted secret': onWorkload(
    (spec) => (spec['secrets'] = ['login']),
    ({ kind }) => kind !== 'ThanosRuler',
  ),
  'web TLS': onWorkload(
    (spec, { random }) => {
      const secret = { name: 'tls', key: 'tls.crt' };
      const tlsConfig = { cert: { secret }, keySecret: { name: 'tls', key: 'key' } };
      spec['web'] = random.chance(0.8) ? { tlsConfig } : {};
    },
    ({ kind }) => kind !== 'ThanosRuler' && kind !== 'PrometheusAgent',
  ),
  'listen local': onWorkload((spec) => (spec['listenLocal'] = spec['listenLocal'] !== true)),
  retention: onWorkload(
    (spec, { random }) => (spec['retention'] = `${random.integer(1, 9) * 24}h`),
    isOf('Prometheus', 'Alertmanager'),
  ),
  'log level': onWorkload((spec, { random }) => (spec['logLevel'] = random.pick(['debug', 'warn', 'info']))),
  paused: onWorkload((spec) => (spec['paused'] = spec['paused'] !== true)),
  'external labels': onWorkload(
    (spec, { random }) => {
      spec['externalLabels'] = { cluster: `c${random.integer(1, 9)}` };
    },
    ({ kind }) => kind.startsWith('Prometheus'),
  ),
  selector: onWorkload(
    (spec, { random }) => {
      spec['serviceMonitorSelector'] = { matchLabels: { tier: random.pick(['gold', 'tin']) } };
    },
    isOf('Prometheus', 'PrometheusAgent'),
  ),
  'node selector': onWorkload(
    (spec, { random }) => (spec['nodeSelector'] = { 'kubernetes.io/arch': random.pick(['amd64', 'arm64']) }),
    isSet,
  ),
  'host network': onWorkload(
    (spec) => (spec['hostNetwork'] = spec['hostNetwork'] !== true),
    ({ kind }) => kind === 'Prometheus',
  ),
  'workload labels': onWorkload(
    (_, { random }, { metadata }) => (metadata.labels = { owner: `o${random.integer(1, 9)}` }),
  ),
  'workload annotations': onWorkload((_, { random }, { metadata }) => {
    metadata.annotations = { owner: `o${random.integer(1, 9)}` };
  }),
  guards: onWorkload((_, { random }, { metadata }) => {
    metadata.annotations = {
      'stoker.dev/pod-disruption-budget': random.pick(['on', 'off', '25%', 'minAvailable=1', 'two']),
      'stoker.dev/network-policy': random.pick(['on', 'off', 'namespaces=shop', 'namespaces=pay,shop', 'shop']),
    };
  }),
  thanos: onWorkload(
    (spec, { random }) => (spec['thanos'] = { version: random.pick(versions.ThanosRuler) }),
    isOf('Prometheus'),
  ),
  'unreadable version': onWorkload((spec) => (spec['version'] = 'three')),
  'jobs of a secret': onWorkload(
    (spec, { random }) => {
      spec['additionalScrapeConfigs'] = { name: random.pick(['extra', 'missing']), key: 'jobs.yaml' };
    },
    isOf('Prometheus', 'PrometheusAgent'),
  ),
  'agent mode': (scene) => {
    const [agent] = find(scene, ['PrometheusAgent']);
    if (agent === undefined) return false;
    const { mode: _mode, ...rest } = agent.spec;
    agent.spec = isSet(agent) ? { ...withoutSetFields(agent.spec), mode: 'DaemonSet' } : { ...rest, ...everything };
    return true;
  },
  'unknown field value': onWorkload((spec) => (spec['logLevel'] = 'shout')),
  'workload removed': (scene) => remove(scene, workloadKinds),
  'workload added': (scene) => {
    const missing = workloadKinds.filter((kind) => !scene.objects.has(`${kind}/main`));
    return missing.length > 0 && put(scene, makeWorkload(scene.random, scene.random.pick(missing), scene.namespace));
  },
};

const nameAny = ({ random, namespace }: Scene): { name: string; namespace: string } => ({
  name: random.pick(monitorNames),
  namespace,
});

/** Changes of what workloads select and refer to. */
const ofObjects: Readonly<Record<string, Change>> = {
  monitor: (scene) => put(scene, makeMonitor(scene.random, scene.random.pick(monitorKinds), nameAny(scene))),
  'monitor removed': (scene) => remove(scene, monitorKinds),
  'monitor that is rejected': (scene) => {
    const monitor = makeMonitor(scene.random, 'ServiceMonitor', nameAny(scene));
    const bad = { port: 'web', basicAuth: { username: { name: 'missing', key: 'user' } } };
    return put(scene, { ...monitor, spec: { ...monitor.spec, endpoints: [bad] } });
  },
  'monitor that the API refuses': (scene) => {
    const monitor = makeMonitor(scene.random, 'ServiceMonitor', nameAny(scene));
    return put(scene, { ...monitor, spec: { ...monitor.spec, endpoints: [{ port: 'web', interval: 'often' }] } });
  },
  rule: (scene) => put(scene, makeRule(scene.random, scene.random.pick(monitorNames), scene.namespace)),
  'rule that is rejected': (scene) => {
    const rule = makeRule(scene.random, scene.random.pick(monitorNames), scene.namespace);
    return put(scene, { ...rule, spec: { groups: [{ name: 'bad', rules: [{ record: 'a', expr: 'sum(' }] }] } });
  },
  'rule removed': (scene) => remove(scene, ['PrometheusRule']),
  routes: (scene) => put(scene, makeAlertmanagerConfig(scene.random, scene.random.pick(monitorNames), scene.namespace)),
  'routes removed': (scene) => remove(scene, ['AlertmanagerConfig']),
  'secret value': ({ objects, random }) => {
    const secret = objects.get('Secret/login');
    if (secret === undefined) return false;
    secret.stringData = { user: 'reader', password: `p${random.integer(1, 1e6)}` };
    return true;
  },
  'jobs in a secret': ({ objects, random }) => {
    const secret = objects.get('Secret/extra');
    if (secret === undefined) return false;
    secret.stringData = { 'jobs.yaml': `- job_name: extra-${random.integer(1, 9)}\n` };
    return true;
  },
  'secret removed': ({ objects }) => objects.delete('Secret/login'),
  nothing: () => true,
};

export const changes: Readonly<Record<string, Change>> = { ...ofWorkloads, ...ofObjects };
