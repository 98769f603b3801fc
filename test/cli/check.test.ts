import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderCRD } from '../../src/api/crd.ts';
import { customKinds } from '../../src/api/kinds.ts';
import { dumpYaml } from '../../src/base/yaml.ts';
import { check, monitor, rules, prometheus } from './check-files.ts';

describe('stoker check', () => {
  it('says nothing but a summary of what is right', async () => {
    const { code, lines, stderr } = await check({ 'k8s/a.yaml': monitor('interval: 30s') });
    assert.deepEqual([code, lines, stderr], [0, ['No errors in 1 object of 1 file'], '']);
  });

  it('names file, line and column, object and field', async () => {
    const { code, lines, stderr } = await check({
      'k8s/cart.yaml': monitor('intervall: 30s\n      scheme: htps'),
      'k8s/deep/fine.yml': monitor('interval: 30s'),
      'k8s/rules.yaml': rules,
    });
    assert.deepEqual(lines, [
      'k8s/cart.yaml:9:7: ServiceMonitor shop/cart: spec.endpoints[0].intervall: Unknown field "intervall": did you mean "interval"? [STK5009]',
      'k8s/cart.yaml:10:15: ServiceMonitor shop/cart: spec.endpoints[0].scheme: Expected one of "http", "https", "HTTP", "HTTPS" (did you mean "https"?): found "htps" [STK5005]',
      'k8s/rules.yaml:11:17: PrometheusRule shop/slo: spec.groups[0].rules[0].expr: 1:6: Wrong type of argument 1 of "rate": found instant vector, want range vector [STK5404]',
      lines[3],
      '4 errors in 2 of 3 files',
    ]);
    assert.match(
      lines[3] ?? '',
      /^k8s\/rules\.yaml:13:17: PrometheusRule shop\/slo: spec\.groups\[0\]\.rules\[1\]\.expr: 2:1: /,
    );
    assert.deepEqual([code, stderr], [1, '']);
  });

  it('finds objects in Lists, further documents and JSON', async () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [
        { kind: 'Pod', apiVersion: 'v1' },
        JSON.parse(
          '{"apiVersion":"monitoring.coreos.com/v1","kind":"PodMonitor","metadata":{"name":"p"},"spec":{"selector":{"matchLabel":{}}}}',
        ),
      ],
    };
    const { lines } = await check({
      'k8s/a.json': JSON.stringify(list, null, 2),
      'k8s/b.yaml': `${monitor('interval: 30s')}---\n${monitor('interval: 30')}`,
    });
    assert.deepEqual(lines, [
      'k8s/a.json:17:11: PodMonitor p: spec.selector.matchLabel: Unknown field "matchLabel": did you mean "matchLabels"? [STK5009]',
      'k8s/b.yaml:19:17: ServiceMonitor shop/cart: spec.endpoints[0].interval: Expected a text: found 30 [STK5005]',
      '2 errors in 2 of 2 files',
    ]);
  });

  it('counts warnings as errors only with --strict', async () => {
    const files = { 'k8s/a.yaml': monitor('bearerTokenFile: /token') };
    const lax = await check(files);
    assert.deepEqual(lax.lines, [
      'k8s/a.yaml:9:7: ServiceMonitor shop/cart: spec.endpoints[0].bearerTokenFile: Warning: Deprecated field: use authorization [STK4006]',
      '1 warning in 1 of 1 file',
    ]);
    assert.deepEqual([lax.code, (await check(files, '--strict')).code], [0, 1]);
  });

  it('refuses what breaks a rule of the CRD, and kinds and versions that there are not', async () => {
    const { lines } = await check({
      'k8s/a.yaml': prometheus('{remoteWrite: [{url: "http://a", sigv4: {externalId: x}}]}'),
      'k8s/b.yaml': monitor('interval: 30s').replace('ServiceMonitor', 'ServiceMonitr'),
      'k8s/c.yaml': monitor('interval: 30s').replace('/v1', '/v2'),
      'k8s/d.yaml': monitor('interval: 30s', '{namespace: shop, lables: {a: b}}'),
    });
    assert.deepEqual(lines, [
      'k8s/a.yaml:4:40: Prometheus shop/main: spec.remoteWrite[0].sigv4: externalId needs roleArn: set roleArn too [STK4003]',
      'k8s/b.yaml:3:7: ServiceMonitr shop/cart: kind: Unknown kind "ServiceMonitr": did you mean "ServiceMonitor"? [STK4001]',
      'k8s/c.yaml:2:13: ServiceMonitor shop/cart: apiVersion: Unknown version "v2" of ServiceMonitor: want "monitoring.coreos.com/v1" [STK4001]',
      'k8s/d.yaml:4:1: ServiceMonitor shop/(no name): metadata.name: Required field is missing [STK5005]',
      'k8s/d.yaml:4:29: ServiceMonitor shop/(no name): metadata.lables: Unknown field "lables": did you mean "labels"? [STK5009]',
      '5 errors in 4 of 4 files',
    ]);
  });

  it('takes Secrets that are not there for right, but not keys that a Secret lacks', async () => {
    const files = { 'k8s/a.yaml': monitor('bearerTokenSecret: {name: token, key: value}') };
    const secret = (key: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: token, namespace: shop}\nstringData: {${key}: x}\n`;
    const codes = [
      await check(files),
      await check({ ...files, 'k8s/s.yaml': secret('value') }),
      await check({ ...files, 'k8s/s.yaml': secret('other') }),
    ].map(({ code }) => code);
    assert.deepEqual(codes, [0, 0, 1]);
  });

  it('refuses Secrets and ConfigMaps with other values than texts', async () => {
    const { lines } = await check({
      'k8s/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  port: 80\n',
      'k8s/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: [x]\n',
    });
    assert.deepEqual(lines, [
      'k8s/a.yaml:5:9: Secret a: stringData.port: Expected a text: found 80 [STK5005]',
      'k8s/b.yaml:4:1: ConfigMap b: data: Expected a mapping: found ["x"] [STK5005]',
      '2 errors in 2 of 2 files',
    ]);
  });

  it('warns of fields that the CRDs of a cluster would drop', async () => {
    const [kind] = customKinds.filter(({ type }) => type.kind === 'ServiceMonitor');
    const text = dumpYaml(renderCRD(kind!)).replace('0.93.0', '0.50.0');
    const old = text
      .replace(/^( +)scrapeClass:\n(?:\1 .*\n)+/m, '')
      .replace(/^( +)port:\n/m, '$1prot:\n$1  type: string\n$1port:\n');
    assert.notEqual(old, text);
    const files = { 'crds.yaml': old, 'k8s/a.yaml': `${monitor('prot: x')}  scrapeClass: fast\n` };
    const { code, lines } = await check(files, '--crds', 'ROOT/crds.yaml');
    assert.deepEqual(lines, [
      'k8s/a.yaml:9:7: ServiceMonitor shop/cart: spec.endpoints[0].prot: Warning: Unknown field to this version of Stoker, though the CRD has it: it has no effect [STK4004]',
      'k8s/a.yaml:10:3: ServiceMonitor shop/cart: spec.scrapeClass: Warning: Field is dropped by the API server: the CRD is of 0.50.0, this field needs that of 0.93.0 [STK4005]',
      '2 warnings in 1 of 1 file',
    ]);
    assert.equal(code, 0);
  });

  it('prints JSON for tools', async () => {
    const { code, stdout } = await check({ 'k8s/a.yaml': monitor('intervall: 30s') }, '-o', 'json');
    const report = JSON.parse(stdout) as { findings: { file: string }[] };
    assert.match(report.findings[0]?.file ?? '', /k8s\/a\.yaml$/);
    assert.deepEqual(
      { ...report, findings: report.findings.map((finding) => ({ ...finding, file: '' })) },
      {
        errors: 1,
        warnings: 0,
        files: 1,
        filesWithFindings: 1,
        objects: 1,
        findings: [
          {
            file: '',
            line: 9,
            column: 7,
            severity: 'error',
            apiVersion: 'monitoring.coreos.com/v1',
            kind: 'ServiceMonitor',
            namespace: 'shop',
            name: 'cart',
            reason: 'UnknownField',
            code: 'STK5009',
            path: 'spec.endpoints[0].intervall',
            message: 'Unknown field "intervall": did you mean "interval"?',
          },
        ],
      },
    );
    assert.equal(code, 1);
  });

  it('ends with 2 when a file cannot be used, and still tells of the others', async () => {
    const { code, lines, stderr } = await check({
      'k8s/a.yaml': 'a: [1\nb: 2\n',
      'k8s/b.yaml': 'kind: Pod\n',
      'k8s/c.yaml': monitor('intervall: 30s'),
      'k8s/values.yaml': 'replicas: 2\n',
    });
    assert.equal(code, 2);
    assert.match(lines[0] ?? '', /^k8s\/c\.yaml:9:7: /);
    assert.equal(
      stderr,
      'stoker: k8s/a.yaml:2:1: missed comma between flow collection entries\nstoker: k8s/b.yaml:1:1: Cannot use an object without apiVersion\n',
    );
    assert.equal((await check({ 'k8s/a.yaml': monitor('') }, '-o', 'xml')).code, 2);
    assert.equal((await check({ 'k8s/a.yaml': monitor('') }, 'ROOT/none')).code, 2);
    assert.equal((await check({ 'k8s/a.yaml': monitor('') }, '--crds', 'ROOT/k8s')).code, 2);
  });
});
