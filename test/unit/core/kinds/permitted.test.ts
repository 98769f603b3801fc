import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusSpec } from '../../../../src/api/prometheus.ts';
import { agentKind } from '../../../../src/core/kinds/prometheus-agent.ts';
import { serverKind } from '../../../../src/core/kinds/prometheus.ts';
import { judgeAccess } from '../../../../src/core/kinds/permitted.ts';
import type { WorkloadKind } from '../../../../src/core/kinds/kind.ts';
import type { MissingAccess } from '../../../../src/core/kinds/missing-access.ts';

const missing = (resource: string, namespace = ''): MissingAccess => ({
  group: 'monitoring.coreos.com',
  resource,
  namespace,
  isOfWorkloads: true,
  message: `read ${resource}`,
});

const isHit = (one: MissingAccess, spec: PrometheusSpec, kind: WorkloadKind = serverKind): boolean =>
  judgeAccess(kind, { metadata: { namespace: 'shop', name: 'main' }, spec }, [one]) !== undefined;

describe('the condition Permitted', () => {
  it('is there only for what the workload uses', () => {
    assert.equal(isHit(missing('probes'), { serviceMonitorSelector: {} }), false);
    assert.equal(isHit(missing('probes'), { probeSelector: {} }), true);
    assert.equal(isHit(missing('secrets'), {}), true);
    assert.equal(isHit({ ...missing('leases'), isOfWorkloads: false }, {}), false);
  });

  it('looks into other namespaces only where the workload does', () => {
    assert.equal(isHit(missing('servicemonitors', 'pay'), { serviceMonitorSelector: {} }), false);
    const everywhere = { serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {} };
    assert.equal(isHit(missing('servicemonitors', 'pay'), everywhere), true);
    assert.equal(isHit(missing('servicemonitors', 'shop'), { serviceMonitorSelector: {} }), true);
    assert.equal(isHit(missing('secrets', 'pay'), { serviceMonitorSelector: {} }), false);
  });

  it('leaves out what is about the other kind', () => {
    assert.equal(isHit(missing('prometheusagents'), {}), false);
    assert.equal(isHit(missing('prometheusagents'), {}, agentKind), true);
  });

  it('names every permission and the way out', () => {
    const instance = { metadata: { namespace: 'shop', name: 'main' }, spec: { probeSelector: {} } as PrometheusSpec };
    assert.deepEqual(judgeAccess(serverKind, instance, [missing('probes'), missing('secrets')]), {
      status: 'False',
      reason: 'PermissionMissing',
      message: 'RBAC does not let the operator: read probes; read secrets. Apply its Role or ClusterRole again',
    });
  });
});
