import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import { invoke } from './invoke.ts';

type Manifest = KubernetesObject & { readonly rules?: readonly Rule[]; readonly spec?: object };
interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

async function install(...args: readonly string[]): Promise<Manifest[]> {
  const { code, stdout, stderr } = await invoke('install', ...args);
  assert.equal(code, 0, stderr);
  return parseYamlDocuments(stdout) as Manifest[];
}

const nameOf = ({ kind = '', metadata }: Manifest): string =>
  [kind, metadata.namespace, metadata.name].filter(Boolean).join(' ');

/** What the rules of all roles allow on a resource. */
function verbsOn(manifests: readonly Manifest[], resource: string): string[] {
  const rules = manifests.flatMap((manifest) => manifest.rules ?? []);
  const verbs = rules.filter(({ resources }) => resources.includes(resource)).flatMap((rule) => rule.verbs);
  return [...new Set(verbs)].sort();
}

interface Definition {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly versions: readonly { readonly name: string }[];
    readonly conversion?: {
      readonly webhook: { readonly clientConfig: { readonly service: { readonly path: string } } };
    };
  };
}

describe('stoker install', () => {
  it('without flags prints what manifests/stoker.yaml holds', async () => {
    assert.deepEqual(await install(), parseYamlDocuments(readFileSync('manifests/stoker.yaml', 'utf8')));
  });

  it('names the namespace, the image and the replicas everywhere', async () => {
    const manifests = await install('-n', 'ops', '--image', 'registry.example/stoker:1', '--replicas', '3');
    const places = manifests.map(({ metadata }) => metadata.namespace).filter((namespace) => namespace !== undefined);
    assert.deepEqual([...new Set(places)], ['ops']);
    const [deployment] = manifests.filter(({ kind }) => kind === 'Deployment');
    assert.match(JSON.stringify(deployment), /"replicas":3.*"image":"registry.example\/stoker:1"/);
    const bindings = manifests.filter(({ kind }) => kind?.endsWith('Binding'));
    assert.match(JSON.stringify(bindings), /"name":"stoker","namespace":"ops"/);
  });

  it('one replica needs no PodDisruptionBudget: a drain would wait for ever', async () => {
    assert.ok(!(await install('--replicas=1')).some(({ kind }) => kind === 'PodDisruptionBudget'));
  });

  it('--namespaces gives Roles there and in its own namespace, and nothing for the whole cluster', async () => {
    const manifests = await install('--namespaces=shop,pay');
    assert.deepEqual(
      manifests.map(nameOf).filter((name) => /Role/.test(name)),
      [
        'Role pay stoker',
        'RoleBinding pay stoker',
        'Role shop stoker',
        'RoleBinding shop stoker',
        'Role stoker stoker',
        'RoleBinding stoker stoker',
      ],
    );
    assert.match(JSON.stringify(manifests), /"--namespaces=pay,shop"/);
  });

  it('--pod-disruption-budgets and --network-policies bring their permissions, and are off by default', async () => {
    const kinds = ['poddisruptionbudgets', 'networkpolicies'];
    const plain = await install();
    assert.deepEqual(
      kinds.map((kind) => verbsOn(plain, kind)),
      [[], []],
    );
    assert.doesNotMatch(JSON.stringify(plain), /--pod-disruption-budgets|--network-policies/);
    const switched = await install('--pod-disruption-budgets=annotated', '--network-policies=on');
    for (const kind of kinds)
      assert.deepEqual(verbsOn(switched, kind), ['create', 'delete', 'get', 'list', 'update', 'watch']);
    assert.match(JSON.stringify(switched), /"--network-policies=on","--pod-disruption-budgets=annotated"/);
    const { code, stderr } = await invoke('install', '--network-policies=yes');
    assert.equal(code, 2);
    assert.match(stderr, /network-policies.*"yes"/);
  });

  it('--asset-access=get allows no list and no watch of Secrets', async () => {
    assert.deepEqual(verbsOn(await install(), 'secrets'), ['create', 'delete', 'get', 'list', 'update', 'watch']);
    const manifests = await install('--asset-access=get');
    assert.deepEqual(verbsOn(manifests, 'secrets'), ['create', 'delete', 'get', 'update']);
    assert.match(JSON.stringify(manifests), /"--asset-access=get"/);
  });

  it('--webhook=self adds its Service and configurations, and the rules to keep their CA', async () => {
    const manifests = await install('--webhook=self', '--namespaces=shop');
    const kinds = manifests.map(({ kind }) => kind);
    assert.ok(kinds.includes('ValidatingWebhookConfiguration') && kinds.includes('MutatingWebhookConfiguration'));
    assert.deepEqual(verbsOn(manifests, 'validatingwebhookconfigurations'), ['get', 'patch']);
    assert.match(JSON.stringify(manifests), /"--webhook=true","--webhook-certificates=self"/);
    assert.deepEqual(verbsOn(await install(), 'validatingwebhookconfigurations'), []);
  });

  it('--crds puts the definitions first', async () => {
    const kinds = (await install('--crds')).map(({ kind }) => kind);
    assert.deepEqual(kinds.slice(0, 11), [...Array<string>(10).fill('CustomResourceDefinition'), 'Namespace']);
  });

  it('--crds serves AlertmanagerConfigs in all versions where the webhook converts them', async () => {
    const served = async (...args: string[]): Promise<unknown> => {
      const manifests = (await install('--crds', ...args)) as unknown as Definition[];
      const found = manifests.find(({ metadata }) => metadata.name === 'alertmanagerconfigs.monitoring.coreos.com');
      const { versions = [], conversion } = found?.spec ?? {};
      return [versions.map(({ name }) => name).join(), conversion?.webhook.clientConfig.service.path];
    };
    assert.deepEqual(await served(), ['v1alpha1', undefined]);
    assert.deepEqual(await served('--webhook=self'), ['v1alpha1,v1beta1', '/convert']);
    const manifests = await install('--webhook=self');
    assert.deepEqual(verbsOn(manifests, 'customresourcedefinitions'), ['get', 'patch']);
  });

  it('-o json is one List', async () => {
    const { stdout } = await invoke('install', '-o', 'json');
    const list = JSON.parse(stdout) as { kind: string; items: object[] };
    assert.deepEqual(list.items, await install());
    assert.equal(list.kind, 'List');
  });

  for (const [args, message] of [
    [['--namespace=Ops'], /--namespace: "Ops" is no name/],
    [['--namespaces=a,,b'], /--namespaces: "" is no name/],
    [['--replicas=0'], /--replicas: "0" is not a whole number above 0/],
    [['--asset-access=list'], /--asset-access: "list" is none of watch, get/],
    [['--webhook=on'], /--webhook: "on" is none of off, self, cert-manager, secret/],
    [['--webhook=secret'], /--webhook=secret needs --webhook-ca=FILE/],
    [['--webhook=secret', '--webhook-ca=/nowhere'], /Cannot read --webhook-ca: .*\/nowhere/],
    [['--webhook=secret', '--webhook-ca=package.json'], /--webhook-ca=package.json: it holds no certificate in PEM/],
    [['--image='], /--image: "" is no image/],
    [['-o', 'table'], /Cannot print as "table"/],
  ] as const) {
    it(`${args.join(' ')} ends with 2 and says what is wrong`, async () => {
      const { code, stdout, stderr } = await invoke('install', ...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
    });
  }
});
