// The page in the chart: off, on the loopback interface, or with a Service; and what each of these brings with it.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { parseOptions } from '../../src/operator/options/options.ts';
import type { Options } from '../../src/operator/options/options.ts';
import { Helm } from './support/helm.ts';
import type { Values } from './support/helm.ts';
import { planSuite } from './support/suite.ts';

const { it, before, after } = planSuite(['helm']);

interface Container {
  readonly args: readonly string[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface PodSpec {
  readonly containers: readonly [Container];
  readonly volumes?: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
}

interface Installed {
  readonly options: Options;
  readonly pod: PodSpec;
  readonly objects: readonly KubernetesObject[];
  /** Whether it may ask the API server who callers are. */
  readonly mayReview: boolean;
}

const ofKind = <T>(objects: readonly KubernetesObject[], wanted: string): T[] =>
  objects.filter(({ kind }) => kind === wanted) as unknown as T[];

describe('the chart: the page', () => {
  let helm: Helm;
  before(async () => {
    helm = await Promise.resolve(new Helm());
  });
  after(() => helm.close());

  async function install(values: Values): Promise<Installed> {
    const objects = await helm.template({ 'crds.enabled': false, 'networkPolicy.enabled': true, ...values });
    const [deployment] = ofKind<{ spec: { template: { spec: PodSpec } } }>(objects, 'Deployment');
    assert.ok(deployment);
    const pod = deployment.spec.template.spec;
    const flags = pod.containers[0].args.slice(1).map((arg) => /^--([^=]+)=(.*)$/.exec(arg)?.slice(1) ?? [arg, '']);
    const rules = ofKind<{ rules: { resources: string[] }[] }>(objects, 'ClusterRole').flatMap((role) => role.rules);
    return {
      options: parseOptions(Object.fromEntries(flags.map(([name = '', text = '']) => [name, [text]]))),
      pod,
      objects,
      mayReview: rules.some(({ resources }) => resources.includes('tokenreviews')),
    };
  }

  const pageOf = ({ options: { page } }: Installed): NonNullable<Options['page']> => {
    assert.ok(page);
    return page;
  };
  const portsOf = ({ pod }: Installed): string[] => pod.containers[0].ports.map(({ name }) => name);
  const openPorts = ({ objects }: Installed): unknown =>
    ofKind<{ spec: { ingress: unknown } }>(objects, 'NetworkPolicy').map(({ spec }) => spec.ingress);

  it('is off unless it is asked for', async () => {
    const installed = await install({});
    assert.equal(installed.options.page, undefined);
    assert.deepEqual([portsOf(installed), installed.mayReview], [['web'], false]);
    assert.equal(ofKind(installed.objects, 'Service').length, 1);
  });

  it('on the loopback interface needs nothing but a flag', async () => {
    const installed = await install({ 'page.mode': 'loopback', 'page.port': 9443 });
    const { web, asksCallers } = pageOf(installed);
    assert.deepEqual([web.listenAddress, asksCallers], ['127.0.0.1:9443', false]);
    assert.deepEqual([portsOf(installed), installed.mayReview], [['web'], false]);
    assert.equal(ofKind(installed.objects, 'Service').length, 1);
    assert.deepEqual(openPorts(installed), openPorts(await install({})));
  });

  it('with a Service asks callers, and may ask about them', async () => {
    const peers = [{ podSelector: { matchLabels: { app: 'ingress' } } }];
    const values = { 'page.mode': 'service', 'page.insecure': true, 'networkPolicy.pageFrom': peers };
    const installed = await install({ ...values, 'page.service.annotations': { a: 'b' } });
    const { web, asksCallers } = pageOf(installed);
    assert.deepEqual([web.listenAddress, asksCallers, web.tls], ['0.0.0.0:9080', true, undefined]);
    assert.deepEqual([portsOf(installed), installed.mayReview], [['web', 'page'], true]);
    const services = ofKind<KubernetesObject & { spec: { selector: object } }>(installed.objects, 'Service');
    const [page, scraped] = services.toSorted((one) => (one.metadata.name === 'stoker-page' ? -1 : 1));
    assert.ok(page && scraped);
    assert.deepEqual([page.metadata.name, page.metadata.annotations], ['stoker-page', { a: 'b' }]);
    assert.deepEqual(page.spec, {
      sessionAffinity: 'ClientIP',
      selector: scraped.spec.selector,
      ports: [{ name: 'page', port: 9080, targetPort: 'page' }],
    });
    const [ingress] = openPorts(installed) as [readonly object[]];
    assert.deepEqual(ingress[1], { ports: [{ port: 'page', protocol: 'TCP' }], from: peers });
  });

  it('has a certificate of its own, and leaves that of the webhook to the webhook', async () => {
    const values = { 'page.mode': 'service', 'page.secret': 'mine', 'webhook.mode': 'cert-manager' };
    const installed = await install(values);
    const { containers, volumes = [] } = installed.pod;
    const folders = new Map(containers[0].volumeMounts?.map(({ name, mountPath }) => [name, mountPath]));
    const folder = folders.get('page-certificate') ?? '';
    assert.equal(volumes.find(({ name }) => name === 'page-certificate')?.secret?.secretName, 'mine');
    assert.deepEqual(pageOf(installed).web.tls?.files, {
      ...{ certFile: `${folder}/tls.crt`, keyFile: `${folder}/tls.key`, clientCaFile: '' },
    });
    assert.equal(folders.get('certificate'), '/etc/tls/private');
    assert.equal(installed.options.web.tls, undefined);
  });
});
