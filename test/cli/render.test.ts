import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parseYaml } from '../../src/base/yaml.ts';
import { invoke } from './invoke.ts';

interface Config {
  scrape_configs: { job_name: string; basic_auth?: { username: string } }[];
}

describe('stoker render', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'stoker-render-'))));
  after(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('lists what would be written for the examples', async () => {
    const { code, stdout } = await invoke('render', 'examples', '-o', 'name');
    assert.equal(code, 0);
    assert.deepEqual(stdout.trim().split('\n'), [
      'service/monitoring/prometheus-operated',
      'service/monitoring/alertmanager-operated',
      'configmap/monitoring/prometheus-main-rulefiles-0',
      'secret/monitoring/prometheus-main',
      'secret/monitoring/prometheus-main-tls-assets-0',
      'secret/monitoring/prometheus-main-web-config',
      'secret/monitoring/prometheus-main-thanos-prometheus-http-client-file',
      'statefulset/monitoring/prometheus-main',
      'secret/monitoring/alertmanager-main-generated',
      'secret/monitoring/alertmanager-main-tls-assets-0',
      'secret/monitoring/alertmanager-main-web-config',
      'secret/monitoring/alertmanager-main-cluster-tls-config',
      'statefulset/monitoring/alertmanager-main',
    ]);
  });

  it('--config prints the plain prometheus.yml, with what the Secrets of the manifests hold', async () => {
    const { code, stdout } = await invoke('render', 'examples', '--config', 'prometheus/main');
    const config = parseYaml(stdout) as Config;
    assert.equal(code, 0);
    assert.deepEqual(
      config.scrape_configs.map(({ job_name }) => job_name),
      ['serviceMonitor/shop/cart/0', 'serviceMonitor/shop/cart-grpc/0', 'podMonitor/shop/worker/0'],
    );
    assert.equal(config.scrape_configs[0]?.basic_auth?.username, 'prometheus');
  });

  it('--decode shows Secrets in plain text', async () => {
    const { stdout } = await invoke('render', 'examples', '--decode');
    assert.match(stdout, /stringData:[\s\S]*scrape_configs:/);
    assert.doesNotMatch(stdout, /^data:\n {2}prometheus\.yaml\.gz/m);
  });

  it('rejected objects are named with field and reason, the rest is printed, and the exit code is 3', async () => {
    const file = write(
      'rejected.yaml',
      `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: p, namespace: ns }
spec: { serviceMonitorSelector: {} }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: good, namespace: ns }
spec: { selector: {}, endpoints: [{ port: web }] }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: bad, namespace: ns }
spec: { selector: {}, endpoints: [{ port: web, basicAuth: { username: { name: missing, key: user } } }] }
`,
    );
    const { code, stdout, stderr } = await invoke('render', file, '--config', 'prometheus/ns/p');
    assert.equal(code, 3);
    assert.match(stdout, /job_name: serviceMonitor\/ns\/good\/0/);
    assert.doesNotMatch(stdout, /bad/);
    assert.match(
      stderr,
      /ServiceMonitor ns\/bad rejected by Prometheus ns\/p: spec\.endpoints\[0\]\.basicAuth\.username: .*missing.*SecretNotFound/,
    );
  });

  it('agents are rendered too, as StatefulSets or, with the gate, as DaemonSets', async () => {
    const file = write(
      'agents.yaml',
      `
apiVersion: monitoring.coreos.com/v1alpha1
kind: PrometheusAgent
metadata: { name: edge, namespace: ns }
spec: { podMonitorSelector: {}, remoteWrite: [{ url: http://store/write }] }
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: PrometheusAgent
metadata: { name: node, namespace: ns }
spec: { mode: DaemonSet, podMonitorSelector: {} }
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: cart, namespace: ns }
spec: { selector: {}, podMetricsEndpoints: [{ port: web }] }
`,
    );
    const gate = ['--feature-gates', 'PrometheusAgentDaemonSet=true'];
    const listed = await invoke('render', file, '-o', 'name', ...gate);
    assert.equal(listed.code, 0, listed.stderr);
    assert.deepEqual(listed.stdout.trim().split('\n'), [
      'service/ns/prometheus-agent-operated',
      'secret/ns/prom-agent-edge',
      'secret/ns/prom-agent-edge-tls-assets-0',
      'secret/ns/prom-agent-edge-web-config',
      'statefulset/ns/prom-agent-edge',
      'secret/ns/prom-agent-node',
      'secret/ns/prom-agent-node-tls-assets-0',
      'secret/ns/prom-agent-node-web-config',
      'daemonset/ns/prom-agent-node',
    ]);
    const { stdout } = await invoke('render', file, '--config', 'prometheusagent/ns/edge', ...gate);
    assert.match(stdout, /job_name: podMonitor\/ns\/cart\/0[\s\S]*url: http:\/\/store\/write/);
    const without = await invoke('render', file);
    assert.equal(without.code, 1);
    assert.match(without.stderr, /PrometheusAgent ns\/node.*--feature-gates=PrometheusAgentDaemonSet=true/);
  });

  it('what cannot be rendered is named, all that does not depend on it is printed, and the exit code is 1', async () => {
    const file = write(
      'unrenderable.yaml',
      `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: old, namespace: ns }
spec: { version: v1.8.2, podMonitorSelector: {} }
---
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: broken, namespace: ns }
spec: { podMonitorSelector: {}, tracingConfig: { endpoint: host:4317, samplingFraction: '7' } }
---
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: good, namespace: ns }
spec: { podMonitorSelector: {} }
`,
    );
    const { code, stdout, stderr } = await invoke('render', file, '-o', 'name');
    assert.equal(code, 1);
    assert.match(stdout, /^secret\/ns\/prometheus-good$/m);
    assert.doesNotMatch(stdout, /old/);
    assert.deepEqual(
      stdout.split('\n').filter((line) => line.includes('broken')),
      [
        'configmap/ns/prometheus-broken-rulefiles-0',
        'secret/ns/prometheus-broken-web-config',
        'secret/ns/prometheus-broken-thanos-prometheus-http-client-file',
      ],
    );
    assert.match(stderr, /Cannot render Prometheus ns\/old: .*1\.8\.2/);
    assert.match(stderr, /Cannot render Prometheus ns\/broken: spec\.tracingConfig\.samplingFraction: /);
    const config = await invoke('render', file, '--config', 'prometheus/broken');
    assert.deepEqual([config.code, config.stdout], [1, '']);
    assert.equal((await invoke('render', file, '--config', 'prometheus/none')).code, 2);
  });

  it('fields that the wanted version does not know are named on stderr, once each', async () => {
    const file = write(
      'dropped.yaml',
      `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: p, namespace: ns }
spec: { version: v2.20.0, podMonitorSelector: {}, remoteWrite: [{ url: http://store/write, sendExemplars: true }] }
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: cart, namespace: ns }
spec: { selector: {}, podMetricsEndpoints: [{ port: a, followRedirects: true }, { port: b, followRedirects: true }] }
`,
    );
    const { code, stderr } = await invoke('render', file);
    assert.equal(code, 0);
    assert.deepEqual(stderr.trim().split('\n'), [
      'stoker: Warning: Prometheus ns/p: Left out "send_exemplars": it needs Prometheus 2.27.0, this is 2.20.0',
      'stoker: Warning: PodMonitor ns/cart: Left out "follow_redirects": it needs Prometheus 2.26.0, this is 2.20.0 (Prometheus ns/p)',
    ]);
  });

  it('broken YAML ends with 2 and file:line:column', async () => {
    const { code, stderr } = await invoke('render', write('broken.yaml', 'apiVersion: v1\nkind: [unclosed\n'));
    assert.equal(code, 2);
    assert.match(stderr, /broken\.yaml:3:1: /);
  });

  it('a folder that is not there, or a workload that is not there, ends with 2 and says what there is', async () => {
    assert.equal((await invoke('render', join(folder, 'nowhere'))).code, 2);
    const { code, stderr } = await invoke('render', 'examples', '--config', 'prometheus/other');
    assert.equal(code, 2);
    assert.match(stderr, /there are prometheus\/monitoring\/main/);
  });

  it('renders Alertmanagers and ThanosRulers, with AlertmanagerConfigs of either version', async () => {
    const file = write(
      'alerting.yaml',
      `
apiVersion: monitoring.coreos.com/v1
kind: Alertmanager
metadata: { name: main, namespace: ns }
spec: { alertmanagerConfigSelector: {} }
---
apiVersion: monitoring.coreos.com/v1beta1
kind: AlertmanagerConfig
metadata: { name: team, namespace: ns }
spec:
  route: { receiver: hook, matchers: [{ name: severity, value: critical, matchType: "=" }] }
  receivers: [{ name: hook, webhookConfigs: [{ url: "http://hook/" }] }]
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: { name: bad, namespace: ns }
spec: { route: { receiver: nobody }, receivers: [{ name: hook }] }
---
apiVersion: monitoring.coreos.com/v1
kind: ThanosRuler
metadata: { name: main, namespace: ns }
spec: { queryEndpoints: [query], ruleSelector: {}, remoteWrite: [{ url: "http://store/write" }] }
`,
    );
    const { code, stdout, stderr } = await invoke('render', file, '-o', 'name');
    assert.equal(code, 3);
    assert.match(
      stderr,
      /AlertmanagerConfig ns\/bad rejected by Alertmanager ns\/main: spec\.route\.receiver: .*nobody/,
    );
    assert.deepEqual(stdout.trim().split('\n'), [
      'service/ns/alertmanager-operated',
      'service/ns/thanos-ruler-operated',
      'secret/ns/alertmanager-main-generated',
      'secret/ns/alertmanager-main-tls-assets-0',
      'secret/ns/alertmanager-main-web-config',
      'secret/ns/alertmanager-main-cluster-tls-config',
      'statefulset/ns/alertmanager-main',
      'configmap/ns/thanos-ruler-main-rulefiles-0',
      'secret/ns/thanos-ruler-main-config',
      'secret/ns/thanos-ruler-main-tls-assets-0',
      'secret/ns/thanos-ruler-main-web-config',
      'statefulset/ns/thanos-ruler-main',
    ]);
    const alertmanager = await invoke('render', file, '--config', 'alertmanager/main');
    assert.match(alertmanager.stdout, /receiver: ns\/team\/hook[\s\S]*url: http:\/\/hook\//);
    const ruler = await invoke('render', file, '--config', 'thanosruler/ns/main');
    assert.match(ruler.stdout, /url: http:\/\/store\/write/);
  });
});
