import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { check, prometheus } from './check-files.ts';

const selectsAll = '{serviceMonitorSelector: {}, ruleSelector: {}}';

const rules = (...expressions: readonly string[]): string => `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: slo, namespace: shop}
spec:
  groups:
    - name: slo
      rules:
${expressions.map((expression) => `        - alert: Slow\n          expr: ${expression}\n`).join('')}`;

const monitor = (spec = 'endpoints: [{port: web}]'): string => `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  ${spec}
`;

const service = `apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop, labels: {app: cart}}
spec: {selector: {app: cart}, ports: [{name: web, port: 80, targetPort: 8080}]}
`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: web, image: cart, ports: [{name: web, containerPort: 8080}]}]}
`;

const stack = {
  'k8s/a-prometheus.yaml': prometheus(selectsAll),
  'k8s/b-monitor.yaml': monitor(),
  'k8s/c-service.yaml': service,
  'k8s/d-deployment.yaml': deployment,
};

/** What is said of rules that evaluate these expressions. */
async function warn(files: Readonly<Record<string, string>>, ...expressions: readonly string[]): Promise<string[]> {
  const { code, lines } = await check({ ...files, 'k8s/e-rules.yaml': rules(...expressions) });
  assert.equal(code, 0, lines.join('\n'));
  return lines.filter((line) => line.startsWith('k8s/'));
}

const place = 'k8s/e-rules.yaml:9:17: PrometheusRule shop/slo: spec.groups[0].rules[0].expr: Warning: ';

describe('stoker check, of series that rules select', () => {
  for (const [expression, wanted] of [
    [
      'rate(requests_total{job="chart"}[5m]) > 1',
      'Cannot select anything by requests_total{job="chart"}: job is "cart" on what is scraped, so the alert can never fire; did you mean "cart"?',
    ],
    [
      'up{job="cart"} == 0 or up{endpoint="http"} == 0',
      'Cannot select anything by up{endpoint="http"}: endpoint is "web" on what is scraped, so this part gives nothing',
    ],
    [
      'absent(up{namespace="shopp"})',
      'Cannot select anything by up{namespace="shopp"}: namespace is "shop" on what is scraped, so absent() of it is always true; did you mean "shop"?',
    ],
  ] as const)
    it(expression, async () => assert.deepEqual(await warn(stack, expression), [`${place}${wanted} [STK1203]`]));

  it('says nothing of what is there, may be there, or is named when it runs', async () => {
    const expressions = [
      'up{job="cart", namespace="shop", service="cart", container="web"} == 0',
      'errors{code=~"5.."} > 0',
      'up{pod=~"cart-[0-9a-f]+-.*"} == 0',
      'up{instance="10.0.0.1:8080"} == 0',
      'ALERTS{job="x"}',
    ];
    assert.deepEqual(await warn(stack, ...expressions), []);
  });

  for (const [what, object, message] of [
    ['containers', 'kind: Pod\napiVersion: v1\nspec: {containers: text}', 'spec.containers must be a list'],
    ['a container', 'kind: Pod\napiVersion: v1\nspec: {containers: [null]}', 'spec.containers[0] must be a mapping'],
    ['ports', 'kind: Service\napiVersion: v1\nspec: {ports: {a: b}}', 'spec.ports must be a list'],
    ['a selector', 'kind: Service\napiVersion: v1\nspec: {selector: {a: 1}}', 'spec.selector must hold texts'],
    [
      'labels of a template',
      'kind: Deployment\napiVersion: apps/v1\nspec: {template: {metadata: {labels: {app: 3}}}}',
      'spec.template.metadata.labels must hold texts',
    ],
    [
      'endpoints',
      'kind: EndpointSlice\napiVersion: discovery.k8s.io/v1\nendpoints: [{addresses: text}]',
      'endpoints[0].addresses must be a list',
    ],
  ] as const)
    it(`says what is wrong with ${what} that no API server could decode`, async () => {
      const files = {
        ...stack,
        'k8s/e-rules.yaml': rules('up{job="chart"}'),
        'k8s/f.yaml': `${object}\nmetadata: {name: x, namespace: shop}\n`,
      };
      const { code, lines } = await check(files);
      assert.equal(code, 1);
      assert.ok(
        lines.some((line) => line.startsWith('k8s/f.yaml') && line.includes(`Cannot be used: ${message}`)),
        lines.join('\n'),
      );
    });

  it('counts as a warning with --strict, and is told with its reason', async () => {
    const files = { ...stack, 'k8s/e-rules.yaml': rules('up{job="chart"}') };
    assert.equal((await check(files, '--strict')).code, 1);
    const { code, stdout } = await check(files, '-o', 'json');
    const [finding] = (JSON.parse(stdout) as { findings: { reason: string; severity: string }[] }).findings;
    assert.deepEqual([code, finding?.reason, finding?.severity], [0, 'SeriesImpossible', 'warning']);
  });

  it('knows without Pods what relabelling fixes', async () => {
    const { 'k8s/a-prometheus.yaml': workload } = stack;
    const labelled = {
      'k8s/a-prometheus.yaml': workload,
      'k8s/b-monitor.yaml': monitor('jobLabel: app\n  endpoints: [{port: web}]'),
    };
    const [job, ...others] = await warn(labelled, 'up{job="chart"}', 'up{service="chart"}', 'up{job="cart"}');
    assert.deepEqual(others, []);
    assert.match(job ?? '', /job is "cart" on what is scraped/);
  });

  it('names rules that shards evaluate wrongly', async () => {
    const sharded = { ...stack, 'k8s/a-prometheus.yaml': prometheus(selectsAll.replace('{', '{shards: 2, ')) };
    const several = { ...sharded, 'k8s/d-deployment.yaml': deployment.replace('spec:', 'spec:\n  replicas: 2') };
    const kept = {
      ...several,
      'k8s/b-monitor.yaml': monitor(
        'endpoints: [{port: web, relabelings: [{targetLabel: __tmp_hash, replacement: a}]}]',
      ),
    };
    const expressions = ['sum(x{job="cart"}) > 1', 'sum by (pod) (x{job="cart"}) > 1', 'x{job="cart"} > 1'];
    const [sum, ...others] = await warn(several, ...expressions);
    assert.deepEqual(others, []);
    assert.equal(
      sum,
      `${place}Cannot evaluate in 2 shards: "sum" puts together series of targets of job "serviceMonitor/shop/cart/0", of which each shard has only its own; let a ThanosRuler that queries all shards evaluate it in the place of the shards, or keep the targets in one shard: set __tmp_hash to one value for all of them, by relabelings or a scrape class [STK1205]`,
    );
    assert.deepEqual(await warn(sharded, ...expressions), []);
    assert.deepEqual(await warn(kept, ...expressions), []);
    assert.deepEqual(await warn(stack, ...expressions), []);
    assert.match(
      (await warn(sharded, 'absent(up{job="cart"})'))[0] ?? '',
      /"absent\(\)" is true in every shard that has none/,
    );
  });

  for (const [what, files] of [
    ['nothing is scraped', { 'k8s/a-prometheus.yaml': prometheus(selectsAll) }],
    ['the manifests hold no Prometheus', { 'k8s/b-monitor.yaml': monitor() }],
    [
      'a monitor refers to a Secret that is elsewhere',
      {
        ...stack,
        'k8s/f.yaml': monitor(
          'endpoints: [{port: web, basicAuth: {username: {name: a, key: b}, password: {name: a, key: c}}}]',
        ).replace('name: cart', 'name: b'),
      },
    ],
    [
      'others write to it',
      { ...stack, 'k8s/a-prometheus.yaml': prometheus(selectsAll.replace('{', '{enableRemoteWriteReceiver: true, ')) },
    ],
  ] as const)
    it(`says nothing where ${what}`, async () => assert.deepEqual(await warn(files, 'up{job="chart"}'), []));
});
