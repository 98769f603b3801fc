/** Every flag of `stoker run`: the 59 of the reference (docs/reference/operator-runtime.md 1.2), then ours. Docs and parsing are made from this table. */

import { pageFlags } from './page-flags.ts';

/** How a flag's text is read. `set`: comma separated, repeatable, accumulates. `map`: `k=v,k2=v2`. */
export type FlagKind = 'string' | 'bool' | 'float' | 'duration' | 'set' | 'map';

export interface Flag {
  readonly name: string;
  readonly kind: FlagKind;
  /** As a user would write it; "" for none. */
  readonly fallback: string;
  readonly description: string;
  /** Shown in groups by `--help`. */
  readonly group: FlagGroup;
}

export type FlagGroup =
  'Web server' | 'Kubernetes client' | 'Kubelet endpoints' | 'Images and policies' | 'Scope' | 'Other' | 'Stoker';

type Row = readonly [name: string, kind: FlagKind, fallback: string, description: string];

/** Version of the reference whose behaviour is kept; its images are the defaults. */
export const referenceVersion = '0.93.0';

const webServer: readonly Row[] = [
  ['web.listen-address', 'string', ':8080', 'address of the server for metrics, health and webhooks'],
  ['web.enable-http2', 'bool', 'false', 'offer HTTP/2; off by default because of the rapid-reset attack'],
  ['web.enable-tls', 'bool', 'false', 'serve TLS'],
  ['web.cert-file', 'string', '/etc/tls/private/tls.crt', 'serving certificate, PEM'],
  ['web.key-file', 'string', '/etc/tls/private/tls.key', 'key of the serving certificate, PEM'],
  [
    'web.client-ca-file',
    'string',
    '/etc/tls/private/tls-ca.crt',
    'when the file exists, clients need a certificate of this CA',
  ],
  ['web.tls-reload-interval', 'duration', '1m', 'how often the certificate files are read again'],
  ['web.tls-min-version', 'string', 'VersionTLS13', 'VersionTLS12 or VersionTLS13'],
  ['web.tls-cipher-suites', 'set', '', 'cipher suites for TLS 1.2, Go names'],
  ['web.tls-curves', 'set', '', 'key exchange curves: CurveP256, CurveP384, CurveP521, X25519, X25519MLKEM768'],
];

const client: readonly Row[] = [
  ['apiserver', 'string', '', 'URL of the API server, when outside a cluster and without a kubeconfig'],
  ['as', 'string', '', 'user to impersonate'],
  ['cert-file', 'string', '', 'client certificate, with --apiserver https://…'],
  ['key-file', 'string', '', 'key of the client certificate'],
  ['ca-file', 'string', '', 'CA of the API server'],
  ['tls-insecure', 'bool', 'false', 'do not verify the API server’s certificate, with --apiserver'],
];

const kubelet: readonly Row[] = [
  ['kubelet-service', 'string', '', 'NAMESPACE/NAME of the Service to keep for the kubelets; off when empty'],
  ['kubelet-selector', 'string', '', 'label selector on nodes'],
  ['kubelet-node-address-priority', 'string', 'internal', 'internal or external'],
  ['kubelet-endpoints', 'bool', 'true', 'keep an Endpoints object'],
  ['kubelet-endpointslice', 'bool', 'false', 'keep EndpointSlices'],
  ['kubelet-sync-period', 'duration', '3m', 'how often nodes are listed'],
  ['kubelet-http-metrics', 'bool', 'true', 'publish port 10255 too'],
];

const images: readonly Row[] = [
  [
    'prometheus-config-reloader',
    'string',
    `quay.io/prometheus-operator/prometheus-config-reloader:v${referenceVersion}`,
    'image of the config reloader',
  ],
  ['config-reloader-cpu-request', 'string', '10m', 'CPU request of the reloader; "0" for none'],
  ['config-reloader-cpu-limit', 'string', '10m', 'CPU limit of the reloader; "0" for none'],
  ['config-reloader-memory-request', 'string', '50Mi', 'memory request of the reloader; "0" for none'],
  ['config-reloader-memory-limit', 'string', '50Mi', 'memory limit of the reloader; "0" for none'],
  ['enable-config-reloader-probes', 'bool', 'false', 'give the reloader liveness, readiness and startup probes'],
  [
    'alertmanager-default-base-image',
    'string',
    'quay.io/prometheus/alertmanager',
    'image of Alertmanager, without tag',
  ],
  ['prometheus-default-base-image', 'string', 'quay.io/prometheus/prometheus', 'image of Prometheus, without tag'],
  ['thanos-default-base-image', 'string', 'quay.io/thanos/thanos', 'image of Thanos, without tag'],
  [
    'repair-policy-for-statefulsets',
    'string',
    'none',
    'what to do with pods stuck in an old revision: none, evict or delete',
  ],
];

const scope: readonly Row[] = [
  ['namespaces', 'set', '', 'namespaces to work in; all when empty; not together with --deny-namespaces'],
  ['deny-namespaces', 'set', '', 'namespaces to leave alone, when --namespaces is all'],
  [
    'prometheus-instance-namespaces',
    'set',
    '',
    'where Prometheus and PrometheusAgent objects live; --namespaces when empty',
  ],
  ['alertmanager-instance-namespaces', 'set', '', 'where Alertmanager objects live; --namespaces when empty'],
  ['alertmanager-config-namespaces', 'set', '', 'where AlertmanagerConfig objects live; --namespaces when empty'],
  ['thanos-ruler-instance-namespaces', 'set', '', 'where ThanosRuler objects live; --namespaces when empty'],
  [
    'watch-referenced-objects-in-all-namespaces',
    'bool',
    'false',
    'watch Secrets and ConfigMaps of all namespaces, not only of the workloads’',
  ],
  ['prometheus-instance-selector', 'string', '', 'label selector on Prometheus and PrometheusAgent objects'],
  ['alertmanager-instance-selector', 'string', '', 'label selector on Alertmanager objects'],
  ['thanos-ruler-instance-selector', 'string', '', 'label selector on ThanosRuler objects'],
  ['secret-field-selector', 'string', 'type!=helm.sh/release.v1', 'field selector of the Secret watch'],
  ['secret-label-selector', 'string', '', 'label selector of the Secret watch'],
  ['configmap-field-selector', 'string', '', 'field selector of the ConfigMap watch'],
  ['configmap-label-selector', 'string', '', 'label selector of the ConfigMap watch'],
  ['controller-id', 'string', '', 'act only on objects whose annotation operator.prometheus.io/controller-id is this'],
];

const other: readonly Row[] = [
  ['annotations', 'map', '', 'annotations of every object that is made'],
  ['labels', 'map', '', 'labels of every object that is made, pods and their selectors included'],
  ['localhost', 'string', 'localhost', 'host name for calls inside a pod'],
  ['cluster-domain', 'string', '', 'domain appended to the names of Alertmanager’s peers'],
  ['auto-gomemlimit-ratio', 'float', '0', 'accepted for compatibility; has no meaning for Node'],
  [
    'disable-unmanaged-prometheus-configuration',
    'bool',
    'false',
    'write a config also for a Prometheus without any selector',
  ],
  ['feature-gates', 'map', '', 'GATE=true|false, comma separated'],
  ['log-level', 'string', 'info', 'all, debug, info, warn, error or none'],
  ['log-format', 'string', 'logfmt', 'logfmt or json'],
  ['version', 'bool', 'false', 'print the version with its build and end'],
  ['short-version', 'bool', 'false', 'print the bare version and end'],
];

const own: readonly Row[] = [
  ['kubeconfig', 'string', '', 'kubeconfig file; KUBECONFIG and in-cluster configuration when empty'],
  ['context', 'string', '', 'context of the kubeconfig'],
  ['leader-elect', 'bool', 'false', 'work only while holding the Lease; for two replicas'],
  ['leader-elect-namespace', 'string', '', 'namespace of the Lease; the pod’s own when empty'],
  ['leader-elect-name', 'string', 'stoker.monitoring.coreos.com', 'name of the Lease'],
  ['leader-elect-lease-duration', 'duration', '15s', 'how long others wait before they take the Lease over'],
  ['leader-elect-renew-deadline', 'duration', '10s', 'how long the leader tries to renew before it stops'],
  ['leader-elect-retry-period', 'duration', '2s', 'how long to wait between tries'],
  [
    'asset-access',
    'string',
    'watch',
    'how Secrets and ConfigMaps are followed: watch, or get (each by its name; needs no list and watch on them)',
  ],
  ['asset-poll-interval', 'duration', '30s', 'how often each is read again, with --asset-access=get'],
  [
    'target-discovery',
    'bool',
    'false',
    'find the targets of every Prometheus, for metrics about waste and overlaps; costs caches of Pods, Services and slices',
  ],
  [
    'observe-replicas',
    'bool',
    'false',
    'ask every workload what it has loaded, for the conditions Loaded and Scraping; the operator must reach Pods at ports 9090 (Prometheus), 9093 (Alertmanager) and 10902 (ThanosRuler)',
  ],
  [
    'debug.listen-address',
    'string',
    '',
    'loopback address, such as 127.0.0.1:8081, for profiles and the log level, reached by kubectl port-forward; off when empty',
  ],
  [
    'web.explain',
    'string',
    'auto',
    'who may ask /explain: auto (anybody where --web.listen-address is a loopback address, else nobody), off, authorized (whom the API server lets get the path and the object), open',
  ],
  [
    'web.metrics',
    'string',
    'open',
    'who may read /metrics: open, or authorized (whom the API server lets get the path)',
  ],
  [
    'disruption',
    'string',
    'allow',
    'allow: changes restart pods at once; approve: only when the annotation stoker.dev/approved-change has the hash that the condition ChangePending and stoker plan show',
  ],
  [
    'maintenance-window',
    'string',
    '',
    'when pods may be restarted, such as "Sat,Sun 02:00-05:00 Europe/Berlin; Mon-Fri 22:00-04:00"; at all times when empty',
  ],
  [
    'max-disrupted-workloads',
    'string',
    '0',
    'how many workloads may be not ready at once while changes restart pods, shard by shard; 0 for no limit',
  ],
  [
    'discovery-service-url',
    'string',
    '',
    'URL of stoker discovery, such as https://stoker-discovery.monitoring.svc:8443; workloads discover for themselves when empty',
  ],
  [
    'discovery',
    'string',
    'own',
    'own: workloads discover for themselves; service: the discovery service does it for them; the annotation stoker.dev/discovery comes first',
  ],
  [
    'discovery-refresh-interval',
    'duration',
    '10s',
    'how often Prometheus asks the discovery service for the targets of a job',
  ],
  [
    'discovery-service-ca',
    'string',
    '',
    'NAMESPACE/NAME of the Secret whose ca.crt checks the certificate of the discovery service; CAs of the system when empty',
  ],
  [
    'pod-disruption-budgets',
    'string',
    'off',
    'a PodDisruptionBudget for each shard: off, annotated (of workloads with the annotation stoker.dev/pod-disruption-budget) or on (of all where it is not "off")',
  ],
  [
    'network-policies',
    'string',
    'off',
    'a NetworkPolicy for each workload that lets in what goes to ports of its pods: off, annotated (by stoker.dev/network-policy) or on',
  ],
  ['workers', 'string', '4', 'objects of one kind that are worked on at the same time'],
];

const webhook: readonly Row[] = [
  [
    'webhook',
    'bool',
    'false',
    'serve the webhook on an address of its own, with TLS; its paths are on the web server in any case',
  ],
  ['webhook-listen-address', 'string', ':8443', 'address of the webhook'],
  [
    'webhook-certificates',
    'string',
    'auto',
    'files: --web.cert-file and --web.key-file; self: made here, shared in a Secret, replaced in time; auto: files where there are some',
  ],
  ['webhook-namespace', 'string', '', 'namespace of the Service and the Secret; the pod’s own when empty'],
  ['webhook-service', 'string', 'stoker-webhook', 'Service that the API server calls; the certificate is made for it'],
  ['webhook-secret', 'string', 'stoker-webhook-certificate', 'Secret with the certificate made here'],
  [
    'webhook-configuration',
    'string',
    'stoker',
    'ValidatingWebhookConfiguration and MutatingWebhookConfiguration whose caBundle is kept up to date; none when empty',
  ],
  ['webhook-hosts', 'set', '', 'further names and addresses of the certificate'],
  ['webhook-certificate-validity', 'duration', '8760h', 'how long a certificate made here is valid'],
  [
    'webhook-certificate-overlap',
    'duration',
    '5m',
    'how long the API server has to learn of a new CA before it meets its certificate',
  ],
];

const groups: readonly (readonly [FlagGroup, readonly Row[]])[] = [
  ['Web server', webServer],
  ['Kubernetes client', client],
  ['Kubelet endpoints', kubelet],
  ['Images and policies', images],
  ['Scope', scope],
  ['Other', other],
  ['Stoker', [...own, ...pageFlags, ...webhook]],
];

/** All flags, in the order of `--help`. */
export const flags: readonly Flag[] = groups.flatMap(([group, rows]) =>
  rows.map(([name, kind, fallback, description]) => ({ name, kind, fallback, description, group })),
);
