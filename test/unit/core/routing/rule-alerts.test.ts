import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseYamlDocuments } from '../../../../src/base/yaml.ts';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { readSources } from '../../../../src/core/manifests/sources.ts';
import { listRuleAlerts } from '../../../../src/core/routing/rule-alerts.ts';

const rules = `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { namespace: shop, name: cart }
spec:
  groups:
    - name: a
      labels: { team: cart, severity: info, tier: web }
      rules:
        - { record: x, expr: up }
        - { alert: Down, expr: up, labels: { severity: critical, tier: '{{ $labels.tier }}', namespace: other } }
        - { alert: Slow, expr: up }
`;
const prometheus = (name: string, spec: string): string =>
  `---\napiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { namespace: monitoring, name: ${name} }\nspec: ${spec}\n`;

function list(...texts: readonly string[]): Record<string, Record<string, string>> {
  const sources = readSources(parseYamlDocuments(texts.join(''), 'x') as KubernetesObject[]);
  return Object.fromEntries(
    listRuleAlerts(sources).map(({ name, labels }) => [name, Object.fromEntries(labels.values)]),
  );
}

/** The names of all labels that the alert "Sum" can have; "any" where they are not known. */
function listNames(...texts: readonly string[]): string {
  const sum = `---${rules.replace('name: cart', 'name: sum').replace('{ alert: Slow, expr: up }', '{ alert: Sum, expr: "sum by (pod) (y)" }')}`;
  const sources = readSources(parseYamlDocuments([sum, ...texts].join(''), 'x') as KubernetesObject[]);
  const { names } = listRuleAlerts(sources).find(({ name }) => name === 'Sum')?.labels ?? {};
  return names === undefined ? 'any' : [...names].sort().join();
}

describe('alerts of rules', () => {
  it('have the labels that their expression leaves, and those that what evaluates them adds', () => {
    const own = 'alertname,pod,severity,team,tier';
    assert.equal(listNames(), own);
    const added = 'alertname,cluster,pod,prometheus,prometheus_replica,severity,team,tier';
    assert.equal(listNames(prometheus('a', '{ externalLabels: { cluster: a } }')), added);
  });

  it('may have any labels where alerts are relabelled', () => {
    const relabelled =
      '{ alerting: { alertmanagers: [{ name: a, port: web, alertRelabelings: [{ action: labelmap }] }] } }';
    assert.equal(listNames(prometheus('a', relabelled)), 'any');
    assert.equal(listNames(prometheus('a', '{ additionalAlertRelabelConfigs: { name: a, key: b } }')), 'any');
  });

  it('have the labels that stand there; templates may make anything', () => {
    assert.deepEqual(list(rules), {
      Down: { alertname: 'Down', team: 'cart', severity: 'critical', namespace: 'other' },
      Slow: { alertname: 'Slow', team: 'cart', severity: 'info', tier: 'web' },
    });
  });

  it('have the namespace where all that evaluate rules enforce it, whatever they say', () => {
    const enforced = prometheus('a', '{ enforcedNamespaceLabel: namespace }');
    assert.equal(list(rules, enforced).Down?.namespace, 'shop');
    assert.equal(list(rules, enforced, prometheus('b', '{}')).Slow?.namespace, undefined);
    const excluded = '{ group: monitoring.coreos.com, resource: prometheusrules, namespace: shop, name: cart }';
    const without = prometheus('a', `{ enforcedNamespaceLabel: namespace, excludedFromEnforcement: [${excluded}] }`);
    assert.equal(list(rules, without).Slow?.namespace, undefined);
  });
});
