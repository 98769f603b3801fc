import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import { Agent, request } from 'undici';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';
import { secretType } from '../../src/api/builtin-types.ts';
import { monitoringGroup } from '../../src/api/resource.ts';
import type { Secret } from '../../src/core/render/shared/rendered-objects.ts';
import { goodObjects } from '../unit/webhook/good-objects.ts';
import { mistakes } from '../unit/webhook/mistakes.ts';
import type { Written } from '../unit/webhook/write-object.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { planSuite } from './support/suite.ts';
import type { Webhook } from './support/webhook.ts';
import { register, startWebhook } from './support/webhook.ts';

const { it, before, after } = planSuite();

interface Answer {
  readonly status: number;
  readonly body: KubernetesObject & { readonly message?: string; readonly spec?: Record<string, unknown> };
  readonly warnings: readonly string[];
}

const overlap = ['--webhook-certificate-overlap=8s'];
const configType: ResourceType = {
  group: monitoringGroup,
  version: 'v1alpha1',
  plural: 'alertmanagerconfigs',
  kind: 'AlertmanagerConfig',
  namespaced: true,
};

describe('the webhook of a real API server', () => {
  let cluster: Cluster;
  let webhook: Webhook;
  let replica: Webhook;
  let agent: Agent;

  before(async () => {
    cluster = await startCluster({ users: [{ name: 'webhook', groups: ['system:masters'] }] });
    agent = new Agent({ connect: { ca: readFileSync(cluster.controlPlane.caFile) }, connections: 40 });
    webhook = await startWebhook(cluster, { user: 'webhook', args: [...overlap, '--webhook-warn-unselected'] });
    replica = await startWebhook(cluster, { user: 'webhook', args: overlap });
    await register(cluster, webhook.url, replica.url);
    await eventually('the API server trusts the webhook', async () => {
      const { status, body } = await send(goodObjects[0]!);
      assert.equal(status, 201, body.message);
      return true;
    });
  });
  after(async () => {
    await agent.close();
    await Promise.all([webhook.stop(), replica.stop()]);
    await cluster.stop();
  });

  async function call(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Answer> {
    const { server, adminToken } = cluster.controlPlane;
    const response = await request(`${server}${path}`, {
      method,
      dispatcher: agent,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const warnings = [response.headers.warning ?? []].flat();
    return { status: response.statusCode, body: (await response.body.json()) as Answer['body'], warnings };
  }

  const pathOf = (plural: string, version: string): string =>
    `/apis/${monitoringGroup}/${version}/namespaces/default/${plural}`;

  /** A creation that is not stored. */
  const send = ({ plural, version, object }: Written): Promise<Answer> =>
    call('POST', `${pathOf(plural, version)}?dryRun=All`, object);

  it('refuses more than sixty bad objects with a message that names the field', async (test) => {
    const wrong: string[] = [];
    let byWebhook = 0;
    for (const mistake of mistakes) {
      const { status, body } = await send(mistake);
      const message = body.message ?? '';
      if (message.includes('validate.stoker.dev')) byWebhook += 1;
      if (status !== 422 || !message.includes(mistake.field)) wrong.push(`${mistake.field}: ${status} ${message}`);
    }
    test.diagnostic(`${mistakes.length} bad objects refused, ${byWebhook} of them by the webhook`);
    assert.deepEqual(wrong, []);
    assert.ok(byWebhook >= 60, `${byWebhook} refusals came from the webhook`);
  });

  it('admits more than sixty good objects', async (test) => {
    const wrong: string[] = [];
    for (const good of goodObjects) {
      const { status, body } = await send(good);
      if (status !== 201) wrong.push(`${good.plural} ${body.message ?? ''}`);
    }
    test.diagnostic(`${goodObjects.length} good objects admitted`);
    assert.deepEqual(wrong, []);
  });

  it('turns numbers among the labels of rules into texts before the schema is checked', async () => {
    const object = {
      apiVersion: `${monitoringGroup}/v1`,
      kind: 'PrometheusRule',
      metadata: { name: 'ports', namespace: 'default' },
      spec: { groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'up', labels: { port: 8080, 'a/b': true } }] }] },
    };
    const { status, body } = await call('POST', `${pathOf('prometheusrules', 'v1')}?dryRun=All`, object);
    // "a/b" is a label name that Prometheus 3 takes.
    assert.equal(status, 201, body.message);
    assert.equal(body.metadata.annotations?.['prometheus-operator-validated'], 'true');
    const [group] = body.spec?.groups as { rules: { labels: object }[] }[];
    assert.deepEqual(group?.rules[0]?.labels, { port: '8080', 'a/b': 'true' });
  });

  it('warns of deprecated fields and of what nobody selects, until somebody does', async () => {
    const monitor = (release: string): Written => ({
      plural: 'servicemonitors',
      version: 'v1',
      object: {
        apiVersion: `${monitoringGroup}/v1`,
        kind: 'ServiceMonitor',
        metadata: { name: 'cart', namespace: 'default', labels: { release } },
        spec: { selector: {}, endpoints: [{ port: 'web', bearerTokenFile: '/token' }] },
      } as KubernetesObject,
    });
    const before = (await send(monitor('main'))).warnings.join('\n');
    assert.match(before, /bearerTokenFile: Deprecated field/);
    assert.match(before, /Not read by anybody: there is no Prometheus or PrometheusAgent/);
    await call('POST', pathOf('prometheuses', 'v1'), {
      apiVersion: `${monitoringGroup}/v1`,
      kind: 'Prometheus',
      metadata: { name: 'main', namespace: 'default' },
      spec: { serviceMonitorSelector: { matchLabels: { release: 'main' } } },
    });
    await eventually('the webhook knows the Prometheus', async () => {
      assert.doesNotMatch((await send(monitor('main'))).warnings.join('\n'), /Not/);
      return true;
    });
    const { warnings } = await send(monitor('other'));
    assert.match(
      warnings.join('\n'),
      /compare its labels and its namespace with the selectors of Prometheus default\/main/,
    );
  });

  it('converts AlertmanagerConfigs: written as one version, read as the other, nothing lost', async () => {
    const route = {
      receiver: 'team',
      groupBy: ['job'],
      matchers: [{ name: 'team', value: 'cart|pay', regex: true }],
      routes: [{ receiver: 'team', matchers: [{ name: 'severity', value: 'page', matchType: '!=' }] }],
      muteTimeIntervals: ['night'],
    };
    const receivers = [{ name: 'team', webhookConfigs: [{ url: 'https://hooks.example/x' }] }];
    const night = [{ name: 'night', timeIntervals: [{ times: [{ startTime: '22:00', endTime: '24:00' }] }] }];
    const alpha = {
      apiVersion: `${monitoringGroup}/v1alpha1`,
      kind: 'AlertmanagerConfig',
      metadata: { name: 'team', namespace: 'default' },
      spec: { route, receivers, muteTimeIntervals: night },
    };
    const created = await eventually('the conversion is known', async () => {
      const answer = await call('POST', pathOf('alertmanagerconfigs', 'v1alpha1'), alpha);
      assert.equal(answer.status, 201, answer.body.message);
      return answer;
    });
    const beta = await call('GET', `${pathOf('alertmanagerconfigs', 'v1beta1')}/team`);
    assert.equal(beta.status, 200, beta.body.message);
    const { spec } = beta.body;
    assert.deepEqual(spec?.timeIntervals, night);
    const [matcher] = (spec.route as { matchers: object[] }).matchers;
    assert.deepEqual(matcher, { name: 'team', value: 'cart|pay', matchType: '=~' });
    // Written back as v1beta1, without a change.
    const written = await call('PUT', `${pathOf('alertmanagerconfigs', 'v1beta1')}/team`, beta.body);
    assert.equal(written.status, 200, written.body.message);
    const again = await cluster.api.get<KubernetesObject & { spec: unknown }>(configType, 'default/team');
    assert.deepEqual(again.spec, created.body.spec);
    const list = await cluster.api.list({ ...configType, version: 'v1beta1' }, 'default');
    assert.equal(list.length, 1);
    const fresh = { ...beta.body, metadata: { name: 'fresh', namespace: 'default' } };
    assert.equal((await call('POST', pathOf('alertmanagerconfigs', 'v1beta1'), fresh)).status, 201);
  });

  /** Asks for a new certificate, as people do; what is served with now. */
  async function askForRotation(): Promise<string> {
    const key = 'default/stoker-webhook-certificate';
    await cluster.api.patch(secretType, key, { metadata: { annotations: { 'stoker.dev/rotate': 'now' } } });
    return (await cluster.api.get<Secret>(secretType, key)).data?.['tls.crt'] ?? '';
  }

  it('loses none of a hundred reviews a second while certificates are replaced, by two replicas that share them', async (test) => {
    const serving = new Set<string>();
    const failures: string[] = [];
    let sent = 0;
    const fire = async (at: number): Promise<void> => {
      const bad = at % 4 === 0;
      const one = bad ? mistakes[at % 18]! : goodObjects[at % goodObjects.length]!;
      const { status, body } = await send(one);
      if (status !== (bad ? 422 : 201)) failures.push(`${status} ${body.message ?? ''}`);
    };
    const began = Date.now();
    const inFlight: Promise<void>[] = [];
    while (Date.now() - began < 40_000 || serving.size < 3) {
      inFlight.push(fire(sent));
      sent += 1;
      if (sent % 100 === 0) serving.add(await askForRotation());
      const ahead = began + sent * 10 - Date.now();
      if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
      assert.ok(Date.now() - began < 200_000, 'the certificate was replaced twice in time');
    }
    await Promise.all(inFlight);
    const seconds = (Date.now() - began) / 1000;
    const rate = (sent / seconds).toFixed(1);
    test.diagnostic(
      `${sent} reviews in ${seconds.toFixed(1)} s (${rate} a second), ${serving.size} certificates, ${failures.length} lost`,
    );
    const logs = [webhook, replica].map(({ log }) => log()).join('\n');
    assert.deepEqual(failures.slice(0, 5), [], logs);
  });

  it('puts its CA back when somebody takes it away', async () => {
    const patch = JSON.stringify([{ op: 'remove', path: '/webhooks/0/clientConfig/caBundle' }]);
    const name = ['validatingwebhookconfiguration', 'stoker'];
    await cluster.controlPlane.kubectl(['patch', ...name, '--type=json', '-p', patch]);
    await eventually('the bundle is back', async () => {
      const path = '{.webhooks[0].clientConfig.caBundle}';
      assert.notEqual(await cluster.controlPlane.kubectl(['get', ...name, '-o', `jsonpath=${path}`]), '');
      return true;
    });
  });
});
