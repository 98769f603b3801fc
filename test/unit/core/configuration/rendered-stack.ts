/** A stack with secrets in every place, rendered as a sync renders it. */
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { parseYamlDocuments } from '../../../../src/base/yaml.ts';
import { AssetStore } from '../../../../src/core/assets/store.ts';
import { describeConfiguration } from '../../../../src/core/configuration/configuration.ts';
import type { Configuration } from '../../../../src/core/configuration/configuration.ts';
import type { Desired } from '../../../../src/core/desired/steps.ts';
import { renderWorkloads } from '../../../../src/core/kinds/render.ts';
import { readSources } from '../../../../src/core/manifests/sources.ts';
import { defaultSettings } from '../../../../src/operator/default-settings.ts';

/** Everything that may not be shown. */
export const secretValues = [
  'hunter2-of-cart',
  'client-of-pay',
  'quiet-job',
  'hidden-peer',
  'pager-key-9',
  'user-of-cart',
];

export const stack = `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: {name: main, namespace: monitoring}
spec:
  scrapeInterval: 45s
  serviceMonitorSelector: {}
  serviceMonitorNamespaceSelector: {}
  podMonitorSelector: {}
  podMonitorNamespaceSelector: {}
  additionalScrapeConfigs: {name: extra, key: jobs.yaml}
  additionalAlertManagerConfigs: {name: extra, key: peers.yaml}
  remoteWrite:
    - url: https://writer:hunter2-of-cart@remote.example.com/write
      basicAuth:
        username: {name: extra, key: user}
        password: {name: extra, key: password}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  endpoints:
    - port: web
      interval: 15s
      basicAuth:
        username: {name: auth, key: user}
        password: {name: auth, key: password}
      relabelings:
        - {action: drop, sourceLabels: [__meta_kubernetes_pod_name], regex: canary.*}
    - port: admin
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: worker, namespace: pay}
spec:
  selector: {}
  podMetricsEndpoints:
    - port: web
      oauth2:
        clientId: {secret: {name: auth, key: id}}
        clientSecret: {name: auth, key: password}
        tokenUrl: https://token.example.com
---
apiVersion: v1
kind: Secret
metadata: {name: auth, namespace: shop}
stringData: {user: user-of-cart, password: hunter2-of-cart}
---
apiVersion: v1
kind: Secret
metadata: {name: auth, namespace: pay}
stringData: {id: client-of-pay, password: hunter2-of-cart}
---
apiVersion: v1
kind: Secret
metadata: {name: extra, namespace: monitoring}
stringData:
  user: user-of-cart
  password: hunter2-of-cart
  jobs.yaml: |
    - job_name: quiet-job
      static_configs: [{targets: ["quiet-job:9090"]}]
  peers.yaml: |
    - static_configs: [{targets: ["hidden-peer:9093"]}]
---
apiVersion: monitoring.coreos.com/v1
kind: Alertmanager
metadata: {name: main, namespace: monitoring}
spec: {alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {}}
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: {name: team, namespace: shop}
spec:
  route: {receiver: pager}
  receivers:
    - name: pager
      pagerdutyConfigs: [{routingKey: {name: pager, key: key}}]
---
apiVersion: v1
kind: Secret
metadata: {name: pager, namespace: shop}
stringData: {key: pager-key-9}
`;

export interface RenderedStack {
  readonly desired: readonly Desired[];
  readonly assets: AssetStore;
  /** Of the workload of a kind. */
  readonly find: (kind: string) => Configuration;
}

/** What syncs make of manifests. */
export function renderStack(text: string): RenderedStack {
  const { instancesOf, sources, assets } = readSources(parseYamlDocuments(text) as KubernetesObject[]);
  const rendered = renderWorkloads({ instancesOf, sources, assets }, defaultSettings());
  const desired = rendered.flatMap((one) => one.desired ?? []);
  const find = (kind: string): Configuration => {
    const found = desired.find(({ workload }) => workload.owner.kind === kind);
    const configuration = found && describeConfiguration(found);
    if (configuration === undefined) throw new RangeError(`There is no configuration of a ${kind}`);
    return configuration;
  };
  return { desired, assets: new AssetStore(assets), find };
}
