// The values that everybody knows from other charts, and the fields of pods that they become: of the operator's and of those
// of the discovery service.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { Helm } from './support/helm.ts';
import type { Values } from './support/helm.ts';
import { planSuite } from './support/suite.ts';

const { it, before, after } = planSuite(['helm']);

type Fields = Readonly<Record<string, unknown>>;

interface Template {
  readonly metadata: { readonly labels: Fields; readonly annotations?: Fields };
  readonly spec: Fields & { readonly containers: readonly Fields[] };
}

const templateOf = (object: KubernetesObject): Template =>
  (object as unknown as { spec: { template: Template } }).spec.template;

const spread = [{ maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }];
const affinity = { podAntiAffinity: {} };
const pull = [{ name: 'registry' }];

/** A value, the field of a pod that it becomes, and which Deployments have it. */
const fields: readonly (readonly [Values, (template: Template) => unknown, unknown, 'both' | 'operator'])[] = [
  [{ nodeSelector: { disk: 'ssd' } }, ({ spec }) => spec.nodeSelector, { disk: 'ssd' }, 'both'],
  [{ tolerations: [{ operator: 'Exists' }] }, ({ spec }) => spec.tolerations, [{ operator: 'Exists' }], 'both'],
  [{ priorityClassName: 'high' }, ({ spec }) => spec.priorityClassName, 'high', 'both'],
  [{ affinity }, ({ spec }) => spec.affinity, affinity, 'operator'],
  [
    { topologySpreadConstraints: spread },
    ({ spec }) => (spec.topologySpreadConstraints as Fields[]).map(({ topologyKey }) => topologyKey),
    ['zone'],
    'operator',
  ],
  [{ podLabels: { team: 'ops' } }, ({ metadata }) => metadata.labels.team, 'ops', 'both'],
  [{ podAnnotations: { note: 'x' } }, ({ metadata }) => metadata.annotations?.note, 'x', 'both'],
  [{ imagePullSecrets: pull }, ({ spec }) => spec.imagePullSecrets, pull, 'both'],
  [{ 'image.pullSecrets': pull }, ({ spec }) => spec.imagePullSecrets, pull, 'both'],
  [{ 'global.imagePullSecrets': pull }, ({ spec }) => spec.imagePullSecrets, pull, 'both'],
  [{ 'global.imageRegistry': 'r.example' }, ({ spec }) => spec.containers[0]?.image, 'r.example/stoker:0.1.0', 'both'],
  [
    { 'image.registry': 'mine', 'global.imageRegistry': 'all' },
    ({ spec }) => spec.containers[0]?.image,
    'mine/stoker:0.1.0',
    'both',
  ],
  [
    { extraArgs: ['--labels=team=ops'] },
    ({ spec }) => (spec.containers[0]?.args as string[]).at(-1),
    '--labels=team=ops',
    'operator',
  ],
];

describe('the chart: fields of pods', () => {
  let helm: Helm;
  before(async () => {
    helm = await Promise.resolve(new Helm());
  });
  after(() => helm.close());

  async function listTemplates(values: Values): Promise<Template[]> {
    const objects = await helm.template({ 'crds.enabled': false, 'discoveryService.mode': 'secret', ...values });
    return objects.filter(({ kind }) => kind === 'Deployment').map(templateOf);
  }

  for (const [values, read, wanted, who] of fields)
    it(`${JSON.stringify(values)}: ${who}`, async () => {
      const without = await listTemplates({});
      const given = await listTemplates(values);
      assert.equal(given.length, 2);
      const before = without.map(read).map((one) => JSON.stringify(one));
      const after = given.map(read).map((one) => JSON.stringify(one));
      const has = after.filter((one) => one === JSON.stringify(wanted));
      assert.equal(has.length, who === 'both' ? 2 : 1);
      assert.ok(!before.includes(JSON.stringify(wanted)));
    });
});
