import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import { readArgs } from '../../src/cli/operator-args.ts';
import { parseDiscoveryOptions } from '../../src/operator/options/discovery.ts';
import { parseOptions } from '../../src/operator/options/options.ts';
import { invoke } from './invoke.ts';

interface Manifest extends KubernetesObject {
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly rules?: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
}

interface PodSpec {
  readonly containers: readonly { readonly args: readonly string[]; readonly securityContext: object }[];
  readonly volumes: readonly { readonly name: string }[];
}

async function install(...args: readonly string[]): Promise<Manifest[]> {
  const { code, stdout, stderr } = await invoke('install', ...args);
  assert.equal(code, 0, stderr);
  return parseYamlDocuments(stdout) as Manifest[];
}

const nameOf = ({ kind = '', metadata }: Manifest): string => `${kind} ${metadata.name ?? ''}`;

const podOf = (all: readonly Manifest[], name: string): PodSpec => {
  const deployment = all.find((one) => nameOf(one) === `Deployment ${name}`);
  return (deployment?.spec?.['template'] as { spec: PodSpec }).spec;
};

/** `--a=b` by name, as both programs take them. */
const readFlags = (args: readonly string[]): Record<string, string[]> =>
  Object.fromEntries(args.slice(1).map((arg) => arg.replace(/^--/, '').split('='))) as never;

const ofService = [
  ...['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Service'].map((kind) => `${kind} stoker-discovery`),
  ...['PodDisruptionBudget stoker-discovery', 'Deployment stoker-discovery'],
];

describe('stoker install --discovery-service', () => {
  it('adds the service, and tells the operator where it is', async () => {
    const [without, all] = [await install('-n', 'ops'), await install('--discovery-service=secret', '-n', 'ops')];
    const known = new Set(without.map(nameOf));
    assert.deepEqual(
      all.map(nameOf).filter((name) => !known.has(name)),
      ofService,
    );
    const { discoveryService } = parseOptions(readArgs(podOf(all, 'stoker').containers[0]?.args ?? []));
    assert.deepEqual(discoveryService, {
      ...{ url: 'https://stoker-discovery.ops.svc:8443', fallback: 'own', refreshInterval: '10s' },
      ca: { namespace: 'ops', name: 'stoker-discovery-certificate' },
    });
    const operator = all.find((one) => nameOf(one) === 'Service stoker')?.spec?.['selector'];
    const service = all.find((one) => nameOf(one) === 'Service stoker-discovery')?.spec?.['selector'];
    assert.notDeepEqual(operator, service);
  });

  it('has a certificate made by cert-manager for the name of the Service', async () => {
    const all = await install('--discovery-service=cert-manager', '--discovery-service-secret=mine');
    const certificate = all.find((one) => nameOf(one) === 'Certificate stoker-discovery');
    assert.equal(certificate?.spec?.['secretName'], 'mine');
    assert.ok((certificate.spec['dnsNames'] as string[]).includes('stoker-discovery.stoker.svc'));
  });

  it('starts it with flags that it has, non-root, with a folder to write to', async () => {
    const pod = podOf(await install('--discovery-service=secret'), 'stoker-discovery');
    const [container] = pod.containers;
    assert.equal(container?.args[0], 'discovery');
    const flags = Object.entries(readFlags(container.args)).map(([name, text]) => [name, [String(text)]]);
    const options = parseDiscoveryOptions(Object.fromEntries(flags) as Record<string, string[]>);
    assert.equal(options.stateDir, '/var/lib/stoker');
    assert.match(JSON.stringify(container.securityContext), /"readOnlyRootFilesystem":true/);
    assert.deepEqual(
      pod.volumes.map(({ name }) => name),
      ['certificate', 'state'],
    );
  });

  it('may read what targets are made of and ask who asks, and neither read Secrets nor change anything', async () => {
    const all = await install('--discovery-service=secret');
    const rules = all.find((one) => nameOf(one) === 'ClusterRole stoker-discovery')?.rules ?? [];
    const granted = rules.flatMap(({ resources, verbs }) =>
      resources.flatMap((one) => verbs.map((verb) => [verb, one])),
    );
    assert.equal(
      granted.some(([, resource]) => resource === 'secrets'),
      false,
    );
    const changes = granted.filter(([verb = '']) => !['get', 'list', 'watch'].includes(verb));
    assert.deepEqual(changes, [
      ['create', 'tokenreviews'],
      ['create', 'subjectaccessreviews'],
    ]);
  });

  it('is refused where the operator is to have Roles alone', async () => {
    const { code, stderr } = await invoke('install', '--discovery-service=secret', '--namespaces=shop');
    assert.equal(code, 2);
    assert.match(stderr, /it watches the whole cluster/);
  });
});
