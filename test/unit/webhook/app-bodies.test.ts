import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { makeReview, makeRule } from './reviews.ts';
import { json, paths, useWebhook } from './webhook-server.ts';

const webhook = useWebhook();

describe('bodies that the webhook gets', () => {
  it('refuses an empty body, other content types and other methods', async () => {
    for (const path of Object.values(paths)) {
      assert.equal((await webhook.send(path, '')).status, 400);
      assert.equal((await webhook.send(path, '{}', { 'content-type': 'text/yaml' })).status, 415);
      assert.equal((await webhook.send(path, '{}', {})).status, 415);
      const got = await fetch(`${webhook.url}${path}`);
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
        const { status, response } = await webhook.send(path, body);
        assert.equal(status, 200, `${path} ${body}`);
        assert.equal(response.allowed, false, `${path} ${body}`);
        assert.equal(typeof response.uid, 'string');
        assert.match(response.status?.message ?? '', /^Cannot read /, `${path} ${body}`);
      }
      assert.equal((await webhook.send(paths.convert, body)).status, 400, body);
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
        const { status, response } = await webhook.review(paths.own, makeReview({ plural, version, object }));
        assert.equal(status, 200, `${plural} ${JSON.stringify(object)}`);
        assert.equal(typeof response.allowed, 'boolean');
      }
      assert.equal((await webhook.review(paths.mutate, makeReview({ plural: 'prometheusrules', object }))).status, 200);
    }
    assert.deepEqual(webhook.errors, []);
  });

  it('refuses a body that is too large, told or found out', async () => {
    const large = ' '.repeat(9 * 1024 * 1024);
    assert.equal((await webhook.send(paths.own, large)).status, 413);
    const pieces = new ReadableStream({
      pull(controller) {
        controller.enqueue(Buffer.alloc(1024 * 1024, 32));
      },
    });
    const request = { method: 'POST', headers: json, body: pieces, duplex: 'half' } as RequestInit;
    const outcome = await fetch(`${webhook.url}${paths.own}`, request).then(
      ({ status }) => status,
      () => 'cut off',
    );
    assert.ok(outcome === 413 || outcome === 'cut off', String(outcome));
    assert.equal(
      (await webhook.review(paths.own, makeReview({ plural: 'prometheusrules', object: makeRule('up') }))).status,
      200,
    );
  });

  it('cuts off a slow body, and gives back what it held', async () => {
    const { port } = new URL(webhook.url);
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
    const { response } = await webhook.review(
      paths.own,
      makeReview({ plural: 'prometheusrules', object: makeRule('up') }),
    );
    assert.equal(response.allowed, true);
  });

  it('are counted as invalid, and none of them as an error', () => {
    assert.ok(webhook.results.includes('invalid'));
    assert.ok(!webhook.results.includes('error'));
  });
});
