import { dumpYaml } from '../../../src/base/yaml.ts';
import type { PlannedCluster } from './random-objects.ts';
import type { SeededRandom } from './seeded-random.ts';

type Block = Readonly<Record<string, unknown>>;

/** How Prometheus and the engine reach the API server. */
export interface ApiAccess {
  readonly server: string;
  readonly token: string;
}

const roles = ['node', 'pod', 'service', 'endpoints', 'endpointslice', 'ingress'] as const;
type Role = (typeof roles)[number];

const selectorRoles: Readonly<Record<Role, readonly Role[]>> = {
  node: ['node'],
  pod: ['pod', 'node'],
  service: ['service'],
  endpoints: ['pod', 'service', 'endpoints'],
  endpointslice: ['pod', 'service', 'endpointslice'],
  ingress: ['ingress'],
};

/** Rules as people write them; labelmap comes in forms that no two keys of the generated objects collide under. */
const rules: readonly Block[] = [
  { action: 'keep', source_labels: ['__meta_kubernetes_pod_phase'], regex: '(Running|Pending)?' },
  { action: 'drop', source_labels: ['__meta_kubernetes_pod_phase'], regex: '(Failed|Succeeded)' },
  {
    action: 'keep',
    source_labels: ['__meta_kubernetes_service_label_app', '__meta_kubernetes_service_labelpresent_app'],
    regex: '(web);true|;',
  },
  { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
  { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
  {
    source_labels: [
      '__meta_kubernetes_endpointslice_address_target_kind',
      '__meta_kubernetes_endpointslice_address_target_name',
    ],
    separator: ';',
    regex: 'Pod;(.*)',
    target_label: 'pod',
    replacement: '${1}',
  },
  { action: 'labelmap', regex: '__meta_kubernetes_(pod|service|node)_label_(app|tier)', replacement: '${1}_${2}' },
  { action: 'labeldrop', regex: '__meta_kubernetes_.*_annotation_.*' },
  {
    source_labels: ['__address__', '__meta_kubernetes_pod_annotation_prometheus_io_port'],
    regex: '([^:]+)(?::\\d+)?;(\\d+)',
    target_label: '__address__',
    replacement: '$1:$2',
  },
  {
    source_labels: ['__meta_kubernetes_pod_annotation_prometheus_io_path'],
    regex: '(.+)',
    target_label: '__metrics_path__',
  },
  { action: 'hashmod', source_labels: ['__address__'], modulus: 3, target_label: '__tmp_hash' },
  { action: 'drop', source_labels: ['__tmp_hash'], regex: '2' },
  { action: 'uppercase', source_labels: ['__meta_kubernetes_pod_node_name'], target_label: 'node_upper' },
  {
    action: 'keepequal',
    source_labels: ['__meta_kubernetes_pod_container_port_number'],
    target_label: '__meta_kubernetes_endpoint_port',
  },
  {
    action: 'dropequal',
    source_labels: ['__meta_kubernetes_endpointslice_port_name'],
    target_label: '__meta_kubernetes_pod_container_port_name',
  },
  {
    source_labels: ['__meta_kubernetes_pod_container_port_protocol'],
    regex: 'UDP',
    target_label: '__address__',
    replacement: '',
  },
  { target_label: '__scheme__', replacement: 'https' },
  { target_label: '__param_target', replacement: 'x y' },
  { source_labels: ['__meta_kubernetes_pod_label_app'], target_label: 'label_${1}', replacement: 'set' },
  {
    source_labels: ['__meta_kubernetes_pod_ready'],
    regex: 'false',
    target_label: '__scrape_interval__',
    replacement: 'never',
  },
];

export class ConfigPlanner {
  readonly #random: SeededRandom;
  readonly #cluster: PlannedCluster;
  readonly #access: ApiAccess;

  constructor(random: SeededRandom, cluster: PlannedCluster, access: ApiAccess) {
    this.#random = random;
    this.#cluster = cluster;
    this.#access = access;
  }

  /** A job for each role, and one more of a random role. */
  planJobs(): Block[] {
    return [...roles, this.#random.pick(roles)].map((role, index) =>
      this.#job(role, `${this.#cluster.name}-${index}-${role}`),
    );
  }

  #job(role: Role, name: string): Block {
    const random = this.#random;
    return {
      job_name: name,
      // Nothing is to be scraped while the test runs.
      scrape_interval: random.pick(['1h', '90m']),
      ...(random.chance(0.2) ? { params: { module: ['a b', 'c'], target: ['configured'] } } : {}),
      ...(random.chance(0.2) ? { scheme: 'https', metrics_path: 'no/slash' } : {}),
      ...(random.chance(0.2) ? { convert_classic_histograms_to_nhcb: true } : {}),
      kubernetes_sd_configs: [this.#discovery(role)],
      relabel_configs: [this.#confine(role), ...random.some(rules, 0.25)],
    };
  }

  /** Other clusters live in the same API server: their objects are not of this job. */
  #confine(role: Role): Block {
    const { name } = this.#cluster;
    if (role === 'node')
      return { action: 'keep', source_labels: ['__meta_kubernetes_node_label_cluster'], regex: name };
    return { action: 'keep', source_labels: ['__meta_kubernetes_namespace'], regex: `${name}-.*` };
  }

  #discovery(role: Role): Block {
    const random = this.#random;
    const { server, token } = this.#access;
    const names = random.pick([this.#cluster.namespaces, this.#cluster.namespaces.slice(0, 1)]);
    const attach = ['node', 'namespace', ...(role === 'pod' ? ['deployment', 'job', 'cronjob'] : [])];
    const attached = random.some(attach, 0.4).map((key) => [key, true] as const);
    const selectors = random.some(selectorRoles[role], 0.25).map((one) => this.#selector(one));
    return {
      role,
      api_server: server,
      authorization: { credentials: token },
      tls_config: { insecure_skip_verify: true },
      ...(random.chance(0.8) ? { namespaces: { names } } : {}),
      ...(selectors.length > 0 ? { selectors } : {}),
      ...(attached.length > 0 ? { attach_metadata: Object.fromEntries(attached) } : {}),
    };
  }

  #selector(role: Role): Block {
    const label = this.#random.pick(['app=web', 'app in (web,db)', '!tier', 'app', 'app!=db']);
    const field = role === 'pod' ? this.#random.pick(['', 'status.phase=Running', 'spec.nodeName!=']) : '';
    return { role, label, ...(field === '' ? {} : { field }) };
  }
}

export function writeConfig(jobs: readonly Block[]): string {
  return dumpYaml({ scrape_configs: jobs });
}
