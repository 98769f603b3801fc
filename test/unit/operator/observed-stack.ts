/** Manifests with what the operator renders of them, for target discovery. */
import assert from 'node:assert/strict';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { complete } from '../../../src/base/interruptible.ts';
import { parseYamlDocuments } from '../../../src/base/yaml.ts';
import { AssetStore } from '../../../src/core/assets/store.ts';
import type { DesiredPrometheus } from '../../../src/core/desired/desired-prometheus.ts';
import {
  createPrometheusCaches,
  matchPrometheus,
  renderPrometheus,
} from '../../../src/core/desired/desired-prometheus.ts';
import type { Desired } from '../../../src/core/desired/steps.ts';
import type { WorkloadKind } from '../../../src/core/kinds/kind.ts';
import { serverKind } from '../../../src/core/kinds/prometheus.ts';
import { readSources } from '../../../src/core/manifests/sources.ts';
import { asServerWorkload } from '../../../src/core/render/prometheus/prometheus-workload.ts';
import { readCapabilities } from '../../../src/operator/cluster/facts.ts';
import { parseOptions } from '../../../src/operator/options/options.ts';
import { toSettings } from '../../../src/operator/settings.ts';

const settings = toSettings(parseOptions({}), readCapabilities({ major: 1, minor: 36, gitVersion: '' }));

export const monitor = (name: string, app: string): string => `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: ${name}, namespace: shop }
spec: { selector: { matchLabels: { app: ${app} } }, podMetricsEndpoints: [{ port: web }] }
---`;

export const prometheus = `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: main, namespace: shop }
spec: { podMonitorSelector: {}, ruleSelector: {}, shards: 3 }
`;

export function render(manifests: string): DesiredPrometheus {
  const { instancesOf, sources, assets } = readSources(parseYamlDocuments(manifests) as KubernetesObject[]);
  const [owner] = instancesOf(serverKind);
  assert.ok(owner);
  const caches = createPrometheusCaches();
  return complete(
    renderPrometheus(
      complete(matchPrometheus(asServerWorkload(owner, settings), sources, caches)),
      new AssetStore(assets),
      caches,
    ),
  );
}

/** The only workload of the kind among the manifests. */
export function renderWorkload(kind: WorkloadKind, manifests: string): Desired {
  const { instancesOf, sources, assets } = readSources(parseYamlDocuments(manifests) as KubernetesObject[]);
  const [owner] = instancesOf(kind);
  assert.ok(owner);
  return complete(complete(kind.createMatcher()(owner, settings, sources)).render(new AssetStore(assets)));
}

export const pod = (name: string, app: string, ip: string): KubernetesObject & Record<string, unknown> => ({
  metadata: { namespace: 'shop', name, labels: { app } },
  spec: {
    containers: [
      {
        name: 'c',
        ports: [
          { name: 'web', containerPort: 80 },
          { name: 'admin', containerPort: 81 },
        ],
      },
    ],
  },
  status: { podIP: ip, phase: 'Running' },
});
