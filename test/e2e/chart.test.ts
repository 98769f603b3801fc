import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { dumpYaml, parseYamlDocuments } from '../../src/base/yaml.ts';
import { listRules } from '../../src/operator/install/access-plan.ts';
import { defaultInstall } from '../../src/operator/install/defaults.ts';
import { renderInstall } from '../../src/operator/install/manifests.ts';
import { renderInstalledCRDs } from '../../src/operator/install/side-webhook.ts';
import { accessRules } from '../../src/operator/install/rules.ts';
import { invoke } from '../cli/invoke.ts';
import { checkRules } from '../control-plane/prometheus.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { Helm, crdChart, operatorChart, setArgs } from './support/helm.ts';
import { indexManifests, listPermissionsByNamespace } from './support/manifests.ts';
import { planSuite } from './support/suite.ts';
import { sameAs, everything, everyFeature, combinations, refused } from './support/chart-values.ts';

const { it, before, after } = planSuite(['helm', 'promtool']);

const ofKind = (objects: readonly KubernetesObject[], kind: string): KubernetesObject[] =>
  objects.filter((object) => object.kind === kind);

/** Everything but the pod of `helm test`. */
const withoutTests = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
  objects.filter(({ kind }) => kind !== 'Pod').map((object) => withoutKeep(object) as KubernetesObject);

/** Everything but the CRDs and the pod of `helm test`. */
const installed = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
  objects.filter(({ kind }) => kind !== 'CustomResourceDefinition' && kind !== 'Pod');

interface Definition {
  readonly spec: {
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string }[];
    readonly conversion?: { readonly strategy: string };
  };
}

interface PodSpec {
  readonly securityContext: {
    readonly seccompProfile: { readonly type: string };
    readonly runAsNonRoot: boolean;
    readonly runAsUser: number;
  };
  readonly containers: readonly { readonly securityContext: object }[];
}

function podSpecOf({ kind, ...object }: KubernetesObject): PodSpec | undefined {
  if (kind === 'Pod') return (object as unknown as { spec: PodSpec }).spec;
  if (kind !== 'Deployment') return undefined;
  return (object as unknown as { spec: { template: { spec: PodSpec } } }).spec.template.spec;
}

/** A CRD of the chart has one annotation more than that of crds/, and is labelled. */
function withoutKeep(object: unknown): unknown {
  const { metadata, ...rest } = object as KubernetesObject;
  if (rest.kind !== 'CustomResourceDefinition') return object;
  const { 'helm.sh/resource-policy': _keep, ...annotations } = metadata.annotations ?? {};
  return { ...rest, metadata: { name: metadata.name, annotations } };
}

describe('the chart', () => {
  let cluster: Cluster;
  let helm: Helm;
  before(async () => {
    helm = new Helm();
    cluster = await startCluster();
    for (const name of ['stoker', 'shop', 'pay']) await cluster.createNamespace(name);
  });
  after(async () => {
    await helm.close();
    await cluster.stop();
  });

  it('passes helm lint --strict, its part with the CRDs as well', async () => {
    const report = await helm.run(['lint', '--strict', operatorChart, crdChart]);
    assert.match(report, /2 chart\(s\) linted, 0 chart\(s\) failed/);
  });

  for (const [values, options] of sameAs) {
    it(`with ${JSON.stringify(values)} gives the objects of stoker install --crds ${JSON.stringify(options)}`, async () => {
      const rendered = withoutTests(await helm.template(values));
      const chosen = { ...defaultInstall, ...options };
      const wanted = [...renderInstalledCRDs(chosen), ...renderInstall(chosen)].filter(
        ({ kind }) => kind !== 'Namespace',
      );
      assert.deepEqual(indexManifests(rendered), indexManifests(wanted as unknown as KubernetesObject[]));
    });
  }

  const allFeatures = [...new Set(accessRules.flatMap(({ features }) => features))];
  for (const [repairPolicy, left] of [
    ['evict', 'repair-delete'],
    ['delete', 'repair-evict'],
  ] as const) {
    for (const secrets of ['watch', 'get'] as const) {
      it(`with every feature, repair by ${repairPolicy} and ${secrets} of Secrets has exactly the rules of the table`, async () => {
        for (const namespaces of [[], ['pay', 'shop']]) {
          const values = { ...everyFeature, repairPolicy, 'rbac.secrets': secrets, 'scope.namespaces': namespaces };
          const wanted = listRules({
            namespaces,
            watchAssetsEverywhere: true,
            operatorNamespace: 'stoker',
            kubeletNamespace: 'kube-system',
            assetAccess: secrets,
            features: allFeatures.filter((feature) => feature !== left),
          });
          const roles = [{ namespace: '', rules: wanted.cluster }, ...wanted.roles].filter(
            ({ rules }) => rules.length > 0,
          );
          const rendered = (await helm.template(values)).filter(({ kind = '' }) => /^(?:Cluster)?Role$/.test(kind));
          assert.deepEqual(
            listPermissionsByNamespace(rendered),
            listPermissionsByNamespace(roles.map(({ namespace, rules }) => ({ metadata: { namespace }, rules }))),
          );
        }
      });
    }
  }

  it('with its defaults gives the objects of manifests/, the CRDs included', async () => {
    const text = await cluster.controlPlane.kubectl(['kustomize', 'manifests']);
    const kustomized = indexManifests(parseYamlDocuments(text) as KubernetesObject[]);
    const { 'Namespace//stoker': namespace, ...rest } = kustomized;
    const rendered = indexManifests((await helm.template()).filter(({ kind }) => kind !== 'Pod'));
    assert.ok(namespace);
    assert.equal(Object.keys(rest).filter((name) => name.startsWith('CustomResourceDefinition')).length, 10);
    assert.deepEqual(Object.keys(rendered), Object.keys(rest));
    for (const [name, object] of Object.entries(rendered)) {
      assert.deepEqual(withoutKeep(object), withoutKeep(rest[name]), name);
    }
  });

  for (const [name, values] of Object.entries(combinations)) {
    it(`is taken by the API server: ${name}`, async () => {
      const objects = await helm.template(values);
      // The CRDs are there already: what differs is the rest. Nobody installed those of cert-manager.
      const known = installed(objects).filter(({ apiVersion }) => apiVersion !== 'cert-manager.io/v1');
      const input = known.map((object) => dumpYaml(object)).join('---\n');
      const apply = [
        'apply',
        '--server-side',
        '--force-conflicts',
        '--dry-run=server',
        '--validate=strict',
        '-o=name',
        '-f=-',
      ];
      const answer = await cluster.controlPlane.kubectl(apply, input);
      assert.equal(answer.trim().split('\n').length, known.length, answer);
    });
  }

  it('gives CRDs that the API server takes, with helm’s note to keep them', async () => {
    const crds = await helm.template({ annotations: { owner: 'ops' }, labels: { team: 'ops' } }, crdChart);
    assert.equal(crds.length, 10);
    for (const { metadata } of crds) {
      assert.equal(metadata.annotations?.['helm.sh/resource-policy'], 'keep');
      assert.equal(metadata.annotations.owner, 'ops');
      assert.ok(metadata.annotations['operator.prometheus.io/version']);
      assert.equal(metadata.labels?.team, 'ops');
    }
    const input = crds.map((object) => dumpYaml(object)).join('---\n');
    await cluster.controlPlane.kubectl(
      ['apply', '--server-side', '--force-conflicts', '--dry-run=server', '-f=-'],
      input,
    );
    const [loose] = await helm.template({ keep: false }, crdChart);
    assert.equal(loose?.metadata.annotations?.['helm.sh/resource-policy'], undefined);
  });

  for (const [mode, answer] of [
    ['off', 'v1alpha1 None'],
    ['self', 'v1alpha1,v1beta1 Webhook'],
    ['cert-manager', 'v1alpha1,v1beta1 Webhook'],
  ] as const) {
    it(`serves AlertmanagerConfigs as the webhook allows: ${mode}`, async () => {
      const objects = await helm.template({ 'webhook.mode': mode });
      const crds = ofKind(objects, 'CustomResourceDefinition').map((object) => dumpYaml(object));
      const apply = ['apply', '--server-side', '--force-conflicts', '--dry-run=server', '-o=json', '-f=-'];
      const { items } = JSON.parse(await cluster.controlPlane.kubectl(apply, crds.join('---\n'))) as {
        readonly items: readonly Definition[];
      };
      assert.equal(items.length, 10);
      const found = items.find(({ spec }) => spec.names.kind === 'AlertmanagerConfig');
      const { versions = [], conversion } = found?.spec ?? {};
      assert.equal(`${versions.map(({ name }) => name).join()} ${conversion?.strategy ?? ''}`, answer);
    });
  }

  it('leaves AlertmanagerConfigs at one version when told so, or alone', async () => {
    const objects = await helm.template({ 'webhook.mode': 'self', 'crds.conversion': 'off' });
    assert.doesNotMatch(ofKind(objects, 'CustomResourceDefinition').map(dumpYaml).join(''), /v1beta1|\/convert/);
    assert.doesNotMatch((await helm.template({}, crdChart)).map(dumpYaml).join(''), /v1beta1|\/convert/);
  });

  for (const [values, message] of refused) {
    it(`refuses ${JSON.stringify(values)}`, async () => {
      const { code, stderr } = await helm.try(['template', 'stoker', operatorChart, ...setArgs(values)]);
      assert.equal(code, 1);
      assert.match(stderr, message);
    });
  }

  it('has pods that run as nobody, cannot gain rights, and write nowhere', async () => {
    const objects = await helm.template(everything);
    const templates = objects.flatMap((object) => podSpecOf(object) ?? []);
    assert.equal(templates.length, 2);
    for (const { securityContext, containers } of templates) {
      const { seccompProfile, runAsNonRoot, runAsUser } = securityContext;
      assert.deepEqual([seccompProfile.type, runAsNonRoot, runAsUser], ['RuntimeDefault', true, 65_532]);
      for (const container of containers) {
        assert.deepEqual(container.securityContext, {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });

  it('selects the operator’s pods alone: the pod of helm test is none of them', async () => {
    const objects = await helm.template();
    const [service] = ofKind(objects, 'Service') as (KubernetesObject & {
      spec: { selector: Record<string, string> };
    })[];
    const [pod] = ofKind(objects, 'Pod');
    const selects = Object.entries(service!.spec.selector).every(
      ([key, value]) => pod?.metadata.labels?.[key] === value,
    );
    assert.equal(selects, false);
  });

  it('has alerts that promtool and stoker check take', async () => {
    const objects = await helm.template({ 'prometheusRule.enabled': true });
    const [rule] = ofKind(objects, 'PrometheusRule') as (KubernetesObject & {
      spec: { groups: { rules: object[] }[] };
    })[];
    const { valid, output } = await checkRules(dumpYaml(rule!.spec));
    assert.ok(valid, output);
    const count = rule!.spec.groups.flatMap(({ rules }) => rules).length;
    assert.match(output, new RegExp(`SUCCESS: ${count} rules found`));
    const folder = mkdtempSync(join(tmpdir(), 'stoker-alerts-'));
    writeFileSync(join(folder, 'rule.yaml'), dumpYaml(rule));
    const checked = await invoke('check', '--strict', folder);
    rmSync(folder, { recursive: true });
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
    assert.match(JSON.stringify(rule), /job=\\\\?\\?"stoker/);
    assert.doesNotMatch(JSON.stringify(rule), /@job@|@namespace@/);
  });

  it('has a dashboard whose queries promtool takes', async () => {
    const [map] = ofKind(await helm.template({ 'dashboard.enabled': true }), 'ConfigMap') as (KubernetesObject & {
      data: Record<string, string>;
    })[];
    const text = map!.data['stoker.json']!;
    assert.equal(text, readFileSync(join(operatorChart, 'files', 'dashboard.json'), 'utf8').trim());
    const { panels } = JSON.parse(text) as { panels: { targets?: { expr: string }[] }[] };
    const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    assert.ok(queries.length >= 16);
    const rules = queries.map((expr, at) => ({ record: `r${at}`, expr: expr.replaceAll('$__rate_interval', '5m') }));
    const { valid, output } = await checkRules(dumpYaml({ groups: [{ name: 'dashboard', rules }] }));
    assert.ok(valid, output);
  });
});
