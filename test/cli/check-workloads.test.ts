import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { check, monitor, rules, prometheus } from './check-files.ts';

describe('stoker check, of workloads and by them', () => {
  it('judges monitors and rules by the Prometheus that selects them', async () => {
    const files = {
      'k8s/a.yaml': monitor('interval: 30s').replace('endpoints', 'scrapeClass: fast\n  endpoints'),
      'k8s/b.yaml': rules.replace('rate(http_requests_total)', 'rate(a[5m])').replace('up ==', 'up'),
    };
    assert.deepEqual((await check(files)).lines, ['No errors in 2 objects of 2 files']);
    const selected = await check({
      ...files,
      'k8s/c.yaml': prometheus('{serviceMonitorSelector: {}, ruleSelector: {}, version: v2.30.0}'),
      'k8s/d.yaml': prometheus('{serviceMonitorSelector: {}, scrapeClasses: [{name: fast}]}', 'other'),
    });
    assert.equal(selected.code, 1);
    assert.match(
      selected.lines[0] ?? '',
      /^k8s\/a\.yaml:7:16: .*spec\.scrapeClass: Cannot find scrape class "fast": .* \(Prometheus shop\/main\) \[STK5304\]$/,
    );
    assert.match(
      selected.lines[1] ?? '',
      /^k8s\/b\.yaml:15:11: .*keep_firing_for: Warning: Left out keep_firing_for: Prometheus "2\.30\.0"/,
    );
  });

  it('judges rules by the ThanosRuler that selects them', async () => {
    const ruler = prometheus('{ruleSelector: {}, version: v0.30.0, queryEndpoints: [a]}', 'ruler');
    const { lines } = await check({
      'k8s/a.yaml': rules.replace('rate(http_requests_total)', 'rate(a[5m])').replace('up ==', 'up'),
      'k8s/b.yaml': ruler.replace('kind: Prometheus', 'kind: ThanosRuler'),
      'k8s/c.yaml': ruler
        .replace('kind: Prometheus', 'kind: ThanosRuler')
        .replace('v0.30.0', 'new')
        .replace('ruler', 'b'),
    });
    assert.match(
      lines[0] ?? '',
      /^k8s\/a\.yaml:15:11: .*Warning: Left out keep_firing_for: Thanos "0\.30\.0" does not/,
    );
    assert.match(lines[1] ?? '', /^k8s\/c\.yaml:4:1: ThanosRuler shop\/b: spec: Cannot read spec\.version "new"/);
    assert.equal(lines[2], '1 error and 1 warning in 2 of 3 files');
  });

  it('warns of a Secret that is nearly full, as the condition NearLimit does', async () => {
    const write = (bytes: number): Record<string, string> => ({
      'k8s/a.yaml': `apiVersion: v1
kind: Secret
metadata: { name: alertmanager-main, namespace: shop }
stringData:
  alertmanager.yaml: '{ route: { receiver: a }, receivers: [{ name: a }] }'
  page.tmpl: ${'x'.repeat(bytes)}
`,
      'k8s/b.yaml': prometheus('{}').replace('kind: Prometheus', 'kind: Alertmanager'),
    });
    assert.deepEqual((await check(write(800_000))).lines, ['No errors in 2 objects of 2 files']);
    const { code, lines } = await check(write(900_000));
    assert.equal(code, 0);
    assert.match(
      lines[0] ?? '',
      /^k8s\/b\.yaml:4:1: Alertmanager shop\/main: spec: Warning: Secret "alertmanager-main-generated" is 85 % full: beyond the 1048576 bytes that it holds no change is written any more: .*\[STK6071\]$/,
    );
  });

  it('says what is wrong with a Prometheus itself', async () => {
    const { lines } = await check({
      'k8s/a.yaml': prometheus('{version: v1.8.0}'),
      'k8s/b.yaml': prometheus('{scrapeInterval: 10s, scrapeTimeout: 30s}', 'slow'),
      'k8s/c.yaml': prometheus('{podMonitorSelector: {matchExpressions: [{key: a, operator: Near}]}}', 'near'),
    });
    assert.equal(lines.length, 4);
    assert.match(
      lines[0] ?? '',
      /^k8s\/a\.yaml:4:1: Prometheus shop\/main: spec: Cannot render for Prometheus "v1\.8\.0"/,
    );
    assert.match(lines[1] ?? '', /^k8s\/b\.yaml:4:44: Prometheus shop\/slow: spec\.scrapeTimeout: /);
    assert.match(
      lines[2] ?? '',
      /^k8s\/c\.yaml:4:\d+: Prometheus shop\/near: spec\.podMonitorSelector\.matchExpressions\[0\]/,
    );
  });

  it('warns of fields that the wanted version of Prometheus does not know, for servers and agents', async () => {
    const agent = `apiVersion: monitoring.coreos.com/v1alpha1
kind: PrometheusAgent
metadata: {name: edge, namespace: shop}
spec: {version: v2.40.0, serviceMonitorSelector: {}, remoteWrite: [{url: 'http://a', roundRobinDNS: true}]}
`;
    const { code, lines } = await check({
      'k8s/a.yaml': prometheus('{version: v2.40.0, serviceMonitorSelector: {}}'),
      'k8s/b.yaml': agent,
      'k8s/c.yaml': monitor('trackTimestampsStaleness: true'),
    });
    assert.equal(code, 0);
    assert.deepEqual(lines, [
      'k8s/b.yaml:4:1: PrometheusAgent shop/edge: spec: Warning: Left out "round_robin_dns": it needs Prometheus 3.1.0, this is 2.40.0 [STK4008]',
      'k8s/c.yaml:5:1: ServiceMonitor shop/cart: spec: Warning: Left out "track_timestamps_staleness": it needs Prometheus 2.48.0, this is 2.40.0 [STK4008]',
      '2 warnings in 2 of 3 files',
    ]);
  });

  it('AlertmanagerConfigs are checked for each Alertmanager that selects them, its version and its configuration', async () => {
    const { code, stdout } = await check({
      'k8s/alerting.yaml': `
apiVersion: monitoring.coreos.com/v1
kind: Alertmanager
metadata: { name: old, namespace: ns }
spec: { version: v0.24.0, alertmanagerConfigSelector: {} }
---
apiVersion: v1
kind: Secret
metadata: { name: alertmanager-old, namespace: ns }
stringData: { alertmanager.yaml: "route: {receiver: ops}\\nreceivers: [{name: ops}, {name: ns/taken/hook}]\\n" }
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: { name: newer, namespace: ns }
spec:
  route: { receiver: chat }
  receivers: [{ name: chat, discordConfigs: [{ apiURL: { name: chat, key: url } }] }]
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: { name: taken, namespace: ns }
spec: { route: { receiver: hook }, receivers: [{ name: hook }] }
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: { name: elsewhere, namespace: other }
spec: { route: { receiver: hook, routes: [{ receiver: hook, muteTimeIntervals: [night] }] }, receivers: [{ name: hook }] }
---
apiVersion: monitoring.coreos.com/v1
kind: ThanosRuler
metadata: { name: blind, namespace: ns }
spec: { ruleSelector: {} }
`,
    });
    assert.equal(code, 1);
    assert.match(stdout, /AlertmanagerConfig ns\/newer: spec\.receivers\[0\]\.discordConfigs.*0\.25/);
    assert.match(
      stdout,
      /AlertmanagerConfig ns\/taken: spec\.receivers\[0\]\.name: .*ns\/taken\/hook.*own configuration/,
    );
    assert.match(stdout, /AlertmanagerConfig other\/elsewhere: .*: Warning: .*night.*unless/);
    assert.match(stdout, /ThanosRuler ns\/blind: spec.*quer/);
  });
});
