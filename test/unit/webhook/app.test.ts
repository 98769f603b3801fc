import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeMonitor, makeReview, makeRule } from './reviews.ts';
import { paths, useWebhook } from './webhook-server.ts';

const nest = (levels: number): object => {
  let value = {};
  for (let level = 1; level < levels; level += 1) value = { routes: value };
  return value;
};

interface Converted {
  readonly uid: string;
  readonly result: { readonly status: string; readonly message?: string };
  readonly convertedObjects: { readonly spec: { readonly timeIntervals?: unknown } }[];
}

const webhook = useWebhook();

describe('the webhook over HTTP', () => {
  for (const [name, path] of [
    ['ours', paths.own],
    ['the reference’s', paths.rules],
  ] as const) {
    it(`admits a good PrometheusRule on ${name} path`, async () => {
      const { status, response, apiVersion } = await webhook.review(
        path,
        makeReview({ plural: 'prometheusrules', object: makeRule('up == 0') }),
      );
      assert.equal(status, 200);
      assert.equal(apiVersion, 'admission.k8s.io/v1');
      assert.deepEqual(response, { uid: '705ab4f5-6393-11e8-b7cc-42010a800002', allowed: true });
    });

    it(`refuses bad PromQL on ${name} path, with the field`, async () => {
      const { status, response } = await webhook.review(
        path,
        makeReview({ plural: 'prometheusrules', object: makeRule('sum(up') }),
      );
      assert.equal(status, 200);
      assert.equal(response.allowed, false);
      assert.deepEqual([response.status?.code, response.status?.reason], [422, 'Invalid']);
      assert.match(
        response.status?.message ?? '',
        /^PrometheusRule shop\/alerts is not valid: spec\.groups\[0\]\.rules\[0\]\.expr: 1:\d+: .* \[STK5404\]$/,
      );
      assert.equal(response.status?.details.causes[0]?.field, 'spec.groups[0].rules[0].expr');
      assert.equal(response.status.details.name, path === paths.own ? 'alerts' : 'prometheusrules');
    });
  }

  it('answers v1beta1 as v1beta1', async () => {
    const sent = makeReview({ plural: 'prometheusrules', object: makeRule('up') }, 'admission.k8s.io/v1beta1');
    const { apiVersion, response } = await webhook.review(paths.rules, sent);
    assert.deepEqual([apiVersion, response.allowed], ['admission.k8s.io/v1beta1', true]);
  });

  it('takes a charset behind the content type', async () => {
    const body = JSON.stringify(makeReview({ plural: 'prometheusrules', object: makeRule('up') }));
    const { status } = await webhook.send(paths.rules, body, { 'content-type': 'application/json; charset=utf-8' });
    assert.equal(status, 200);
  });

  it('refuses other resources on the paths of the reference', async () => {
    for (const [path, plural, version] of [
      [paths.rules, 'servicemonitors', 'v1'],
      [paths.rules, 'prometheusrules', 'v1beta1'],
      [paths.mutate, 'prometheuses', 'v1'],
      [paths.configs, 'alertmanagerconfigs', 'v1'],
    ] as const) {
      const { response } = await webhook.review(path, makeReview({ plural, version, object: makeMonitor() }));
      assert.equal(response.allowed, false);
      assert.match(response.status?.message ?? '', /^Unexpected resource "monitoring\.coreos\.com\//);
    }
  });

  it('has legacy names on the path of the reference, and those of the newest Prometheus on ours', async () => {
    const object = makeRule('up', { labels: { 'team.name': 'cart' } });
    const sent = makeReview({ plural: 'prometheusrules', object });
    assert.match(
      (await webhook.review(paths.rules, sent)).response.status?.message ?? '',
      /Cannot use label name "team\.name"/,
    );
    assert.equal((await webhook.review(paths.own, sent)).response.allowed, true);
  });

  it('warns of deprecated fields', async () => {
    const object = makeMonitor({ bearerTokenFile: '/var/run/token' });
    const { response } = await webhook.review(paths.own, makeReview({ plural: 'servicemonitors', object }));
    assert.equal(response.allowed, true);
    assert.match(response.warnings?.[0] ?? '', /^spec\.endpoints\[0\]\.bearerTokenFile: Deprecated field: /);
  });

  it('refuses a monitor that the operator would leave out', async () => {
    const object = makeMonitor({ relabelings: [{ action: 'replace', regex: '(', targetLabel: 'a' }] });
    const { response } = await webhook.review(paths.own, makeReview({ plural: 'servicemonitors', object }));
    assert.match(response.status?.message ?? '', /spec\.endpoints\[0\]\.relabelings\[0\]\.regex: /);
  });

  it('lets pass what it is not for: deletions, subresources, what is on its way out, other groups', async () => {
    const object = makeRule('sum(');
    const leaving = { ...object, metadata: { ...object.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    for (const sent of [
      { plural: 'prometheusrules', object: null, oldObject: object, operation: 'DELETE' },
      { plural: 'prometheusrules', object, operation: 'UPDATE', subresource: 'status' },
      { plural: 'prometheusrules', object: leaving, operation: 'UPDATE' },
    ])
      assert.equal((await webhook.review(paths.own, makeReview(sent))).response.allowed, true, JSON.stringify(sent));
  });

  it('lets an object that was bad before be labelled, and says what is wrong as a warning', async () => {
    const oldObject = makeRule('sum(');
    const object = { ...oldObject, metadata: { ...oldObject.metadata, labels: { role: 'other' } } };
    const sent = { plural: 'prometheusrules', object, oldObject, operation: 'UPDATE' };
    const { response } = await webhook.review(paths.own, makeReview(sent));
    assert.equal(response.allowed, true);
    assert.match(response.warnings?.[0] ?? '', /rules\[0\]\.expr.* \[STK5404\]$/);
    const worse = { ...sent, object: makeRule('avg(') };
    assert.equal((await webhook.review(paths.own, makeReview(worse))).response.allowed, false);
  });

  it('turns numbers and flags into texts, whatever the keys hold', async () => {
    const object = makeRule('up', {
      labels: { port: 8080, 'a/b~c': true, plain: 'x' },
      annotations: { quote: 'say "hi"', limit: 0.5, nested: { a: 1 } },
    });
    const { response } = await webhook.review(paths.mutate, makeReview({ plural: 'prometheusrules', object }));
    assert.equal(response.patchType, 'JSONPatch');
    assert.deepEqual(JSON.parse(Buffer.from(response.patch ?? '', 'base64').toString()), [
      { op: 'add', path: '/metadata/annotations', value: { 'prometheus-operator-validated': 'true' } },
      { op: 'replace', path: '/spec/groups/0/rules/0/labels/port', value: '8080' },
      { op: 'replace', path: '/spec/groups/0/rules/0/labels/a~1b~0c', value: 'true' },
      { op: 'replace', path: '/spec/groups/0/rules/0/annotations/limit', value: '0.5' },
    ]);
  });

  it('has no patch for what is right already', async () => {
    const object = makeRule('up');
    const annotated = {
      ...object,
      metadata: { ...object.metadata, annotations: { 'prometheus-operator-validated': 'true' } },
    };
    const { response } = await webhook.review(
      paths.mutate,
      makeReview({ plural: 'prometheusrules', object: annotated }),
    );
    assert.deepEqual(Object.keys(response).sort(), ['allowed', 'uid']);
  });

  it('converts AlertmanagerConfigs both ways, all or none', async () => {
    const alpha = {
      apiVersion: 'monitoring.coreos.com/v1alpha1',
      kind: 'AlertmanagerConfig',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { muteTimeIntervals: [{ name: 'night' }], receivers: [{ name: 'r' }], route: { receiver: 'r' } },
    };
    const beta = 'monitoring.coreos.com/v1beta1';
    const ask = async (objects: object[], desiredAPIVersion: string): Promise<Converted> => {
      const request = { uid: 'u', desiredAPIVersion, objects };
      const answer = await webhook.review(paths.convert, {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'ConversionReview',
        request,
      });
      assert.equal(answer.status, 200);
      return answer.response as unknown as Converted;
    };
    const there = await ask([alpha, alpha], beta);
    assert.deepEqual(there.result, { status: 'Success' });
    assert.equal(there.uid, 'u');
    assert.deepEqual(there.convertedObjects[1]?.spec.timeIntervals, [{ name: 'night' }]);
    const back = await ask(there.convertedObjects, alpha.apiVersion);
    assert.deepEqual(back.convertedObjects, [alpha, alpha]);
    for (const [objects, version] of [
      [[alpha, { ...alpha, apiVersion: 'monitoring.coreos.com/v9' }], beta],
      [[alpha], 'monitoring.coreos.com/v9'],
      [[{}], beta],
      [[{ ...alpha, spec: nest(1001) }], beta],
    ] as const) {
      const failed = await ask([...objects], version);
      assert.equal(failed.result.status, 'Failure');
      assert.match(failed.result.message ?? '', /^Cannot convert /);
      assert.deepEqual(failed.convertedObjects, []);
    }
  });

  it('counts reviews by result', async () => {
    assert.equal((await webhook.send(paths.own, 'null')).status, 200);
    for (const result of ['allowed', 'denied', 'converted', 'invalid'])
      assert.ok(webhook.results.includes(result), result);
    assert.ok(!webhook.results.includes('error'));
  });
});
