import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createSystemClock } from '../../../src/base/clock.ts';
import type { LogFields, Logger } from '../../../src/base/logger.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { defaultPromqlOptions } from '../../../src/core/promql/types.ts';
import { defaultSettings } from '../../../src/operator/default-settings.ts';
import { createExamine } from '../../../src/operator/webhook/examine.ts';
import { startHttpServer } from '../../../src/web/http-server.ts';
import type { HttpServer } from '../../../src/web/http-server.ts';
import { createWebhookApp } from '../../../src/webhook/app.ts';
import { makeMonitor, makeReview, makeRule } from './reviews.ts';

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

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly response: {
    readonly uid: string;
    readonly allowed: boolean;
    readonly status?: {
      readonly code: number;
      readonly reason: string;
      readonly message: string;
      readonly details: { readonly name: string; readonly causes: readonly { readonly field: string }[] };
    };
    readonly warnings?: readonly string[];
    readonly patch?: string;
    readonly patchType?: string;
  };
  readonly apiVersion: string;
}

const json = { 'content-type': 'application/json' };
const paths = {
  own: '/validate',
  rules: '/admission-prometheusrules/validate',
  mutate: '/admission-prometheusrules/mutate',
  configs: '/admission-alertmanagerconfigs/validate',
  convert: '/convert',
};

describe('the webhook over HTTP', () => {
  let server: HttpServer;
  const clock = createSystemClock();
  const results: string[] = [];
  const errors: LogFields[] = [];
  const logger: Logger = { ...silentLogger, error: (_, fields = {}) => void errors.push(fields) };

  before(async () => {
    const language = { names: 'legacy', promql: defaultPromqlOptions, given: false } as const;
    const examine = createExamine({ settings: defaultSettings(), language, view: () => undefined });
    const observer = { observeReview: ({ result }: { result: string }) => void results.push(result) };
    const app = createWebhookApp({ clock, logger, observer, examine });
    const fetch = (request: Request): Response | Promise<Response> => app.fetch(request);
    server = await startHttpServer({ address: '127.0.0.1:0', clock, requestTimeoutMs: 1_000, fetch });
  });
  after(() => server.close());

  async function send(path: string, body: string, headers: Record<string, string> = json): Promise<Answer> {
    const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body });
    const text = await response.text();
    return { status: response.status, text, ...(text.startsWith('{') ? (JSON.parse(text) as object) : {}) } as Answer;
  }

  const review = (path: string, sent: object): Promise<Answer> => send(path, JSON.stringify(sent));

  for (const [name, path] of [
    ['ours', paths.own],
    ['the reference’s', paths.rules],
  ] as const) {
    it(`admits a good PrometheusRule on ${name} path`, async () => {
      const { status, response, apiVersion } = await review(
        path,
        makeReview({ plural: 'prometheusrules', object: makeRule('up == 0') }),
      );
      assert.equal(status, 200);
      assert.equal(apiVersion, 'admission.k8s.io/v1');
      assert.deepEqual(response, { uid: '705ab4f5-6393-11e8-b7cc-42010a800002', allowed: true });
    });

    it(`refuses bad PromQL on ${name} path, with the field`, async () => {
      const { status, response } = await review(
        path,
        makeReview({ plural: 'prometheusrules', object: makeRule('sum(up') }),
      );
      assert.equal(status, 200);
      assert.equal(response.allowed, false);
      assert.deepEqual([response.status?.code, response.status?.reason], [422, 'Invalid']);
      assert.match(
        response.status?.message ?? '',
        /^PrometheusRule shop\/alerts is not valid: spec\.groups\[0\]\.rules\[0\]\.expr: 1:\d+: /,
      );
      assert.equal(response.status?.details.causes[0]?.field, 'spec.groups[0].rules[0].expr');
      assert.equal(response.status.details.name, path === paths.own ? 'alerts' : 'prometheusrules');
    });
  }

  it('answers v1beta1 as v1beta1', async () => {
    const sent = makeReview({ plural: 'prometheusrules', object: makeRule('up') }, 'admission.k8s.io/v1beta1');
    const { apiVersion, response } = await review(paths.rules, sent);
    assert.deepEqual([apiVersion, response.allowed], ['admission.k8s.io/v1beta1', true]);
  });

  it('takes a charset behind the content type', async () => {
    const body = JSON.stringify(makeReview({ plural: 'prometheusrules', object: makeRule('up') }));
    const { status } = await send(paths.rules, body, { 'content-type': 'application/json; charset=utf-8' });
    assert.equal(status, 200);
  });

  it('refuses other resources on the paths of the reference', async () => {
    for (const [path, plural, version] of [
      [paths.rules, 'servicemonitors', 'v1'],
      [paths.rules, 'prometheusrules', 'v1beta1'],
      [paths.mutate, 'prometheuses', 'v1'],
      [paths.configs, 'alertmanagerconfigs', 'v1'],
    ] as const) {
      const { response } = await review(path, makeReview({ plural, version, object: makeMonitor() }));
      assert.equal(response.allowed, false);
      assert.match(response.status?.message ?? '', /^Unexpected resource "monitoring\.coreos\.com\//);
    }
  });

  it('has legacy names on the path of the reference, and those of the newest Prometheus on ours', async () => {
    const object = makeRule('up', { labels: { 'team.name': 'cart' } });
    const sent = makeReview({ plural: 'prometheusrules', object });
    assert.match(
      (await review(paths.rules, sent)).response.status?.message ?? '',
      /Cannot use label name "team\.name"/,
    );
    assert.equal((await review(paths.own, sent)).response.allowed, true);
  });

  it('warns of deprecated fields', async () => {
    const object = makeMonitor({ bearerTokenFile: '/var/run/token' });
    const { response } = await review(paths.own, makeReview({ plural: 'servicemonitors', object }));
    assert.equal(response.allowed, true);
    assert.match(response.warnings?.[0] ?? '', /^spec\.endpoints\[0\]\.bearerTokenFile: Deprecated field: /);
  });

  it('refuses a monitor that the operator would leave out', async () => {
    const object = makeMonitor({ relabelings: [{ action: 'replace', regex: '(', targetLabel: 'a' }] });
    const { response } = await review(paths.own, makeReview({ plural: 'servicemonitors', object }));
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
      assert.equal((await review(paths.own, makeReview(sent))).response.allowed, true, JSON.stringify(sent));
  });

  it('lets an object that was bad before be labelled, and says what is wrong as a warning', async () => {
    const oldObject = makeRule('sum(');
    const object = { ...oldObject, metadata: { ...oldObject.metadata, labels: { role: 'other' } } };
    const sent = { plural: 'prometheusrules', object, oldObject, operation: 'UPDATE' };
    const { response } = await review(paths.own, makeReview(sent));
    assert.equal(response.allowed, true);
    assert.match(response.warnings?.[0] ?? '', /rules\[0\]\.expr/);
    const worse = { ...sent, object: makeRule('avg(') };
    assert.equal((await review(paths.own, makeReview(worse))).response.allowed, false);
  });

  it('turns numbers and flags into texts, whatever the keys hold', async () => {
    const object = makeRule('up', {
      labels: { port: 8080, 'a/b~c': true, plain: 'x' },
      annotations: { quote: 'say "hi"', limit: 0.5, nested: { a: 1 } },
    });
    const { response } = await review(paths.mutate, makeReview({ plural: 'prometheusrules', object }));
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
    const { response } = await review(paths.mutate, makeReview({ plural: 'prometheusrules', object: annotated }));
    assert.deepEqual(Object.keys(response).sort(), ['allowed', 'uid']);
  });

  it('refuses an empty body, other content types and other methods', async () => {
    for (const path of Object.values(paths)) {
      assert.equal((await send(path, '')).status, 400);
      assert.equal((await send(path, '{}', { 'content-type': 'text/yaml' })).status, 415);
      assert.equal((await send(path, '{}', {})).status, 415);
      const got = await fetch(`${server.url}${path}`);
      assert.deepEqual([got.status, got.headers.get('allow')], [405, 'POST']);
    }
  });

  it('answers what is no review with a refusal and stays alive', async () => {
    const bodies = ['{', 'null', '[]', '"x"', '{}', '{"kind":"AdmissionReview"}', '\u0000', '{"request":{}}'];
    const whole = makeReview({ plural: 'prometheusrules', object: makeRule('up') }) as { request: object };
    const odd = [
      { ...whole, request: null },
      { ...whole, request: 'x' },
      { ...whole, request: { ...whole.request, object: 'x' } },
      { ...whole, request: { ...whole.request, object: { metadata: [] } } },
      { ...whole, apiVersion: 'admission.k8s.io/v2' },
    ].map((one) => JSON.stringify(one));
    for (const body of [...bodies, ...odd]) {
      for (const path of [paths.own, paths.rules, paths.mutate, paths.configs]) {
        const { status, response } = await send(path, body);
        assert.equal(status, 200, `${path} ${body}`);
        assert.equal(response.allowed, false, `${path} ${body}`);
        assert.equal(typeof response.uid, 'string');
        assert.match(response.status?.message ?? '', /^Cannot read /, `${path} ${body}`);
      }
      assert.equal((await send(paths.convert, body)).status, 400, body);
    }
  });

  it('survives objects of any shape', async () => {
    const shapes = [
      {},
      { metadata: {} },
      { spec: null },
      { spec: 1 },
      { spec: { groups: 1 } },
      { spec: { groups: [null] } },
    ];
    const more = [{ spec: { groups: [{ rules: [null, 1, { labels: [] }] }] } }, { spec: { endpoints: [null] } }];
    for (const object of [...shapes, ...more]) {
      for (const plural of ['prometheusrules', 'servicemonitors', 'prometheuses', 'alertmanagerconfigs', 'teapots']) {
        const version = plural === 'alertmanagerconfigs' ? 'v1alpha1' : 'v1';
        const { status, response } = await review(paths.own, makeReview({ plural, version, object }));
        assert.equal(status, 200, `${plural} ${JSON.stringify(object)}`);
        assert.equal(typeof response.allowed, 'boolean');
      }
      assert.equal((await review(paths.mutate, makeReview({ plural: 'prometheusrules', object }))).status, 200);
    }
    assert.deepEqual(errors, []);
  });

  it('refuses a body that is too large, told or found out', async () => {
    const large = ' '.repeat(9 * 1024 * 1024);
    assert.equal((await send(paths.own, large)).status, 413);
    const pieces = new ReadableStream({
      pull(controller) {
        controller.enqueue(Buffer.alloc(1024 * 1024, 32));
      },
    });
    const request = { method: 'POST', headers: json, body: pieces, duplex: 'half' } as RequestInit;
    const outcome = await fetch(`${server.url}${paths.own}`, request).then(
      ({ status }) => status,
      () => 'cut off',
    );
    assert.ok(outcome === 413 || outcome === 'cut off', String(outcome));
    assert.equal(
      (await review(paths.own, makeReview({ plural: 'prometheusrules', object: makeRule('up') }))).status,
      200,
    );
  });

  it('cuts off a slow body, and gives back what it held', async () => {
    const { port } = new URL(server.url);
    const slow = Array.from({ length: 20 }, () => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        'POST /validate HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 8000000\r\n\r\n',
      );
      socket.write(Buffer.alloc(1024 * 1024, 32));
      return new Promise<string>((resolve) => {
        let text = '';
        socket.on('data', (piece: Buffer) => (text += piece.toString()));
        socket.on('error', () => undefined).on('close', () => resolve(text));
      });
    });
    const answers = await Promise.all(slow);
    assert.ok(
      answers.every((text) => text === '' || /^HTTP\/1\.1 4/.test(text)),
      answers.join('|'),
    );
    const { response } = await review(paths.own, makeReview({ plural: 'prometheusrules', object: makeRule('up') }));
    assert.equal(response.allowed, true);
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
      const answer = await review(paths.convert, {
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

  it('counts reviews by result', () => {
    for (const result of ['allowed', 'denied', 'converted', 'invalid']) assert.ok(results.includes(result), result);
    assert.ok(!results.includes('error'));
  });
});
