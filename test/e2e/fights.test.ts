import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { secretType, serviceType, statefulSetType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';
import { RefusedError } from './support/api.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite();

/** How long others insist, in seconds: CI has little time, STOKER_FIGHT_SECONDS=120 shows a minute's writes. */
const seconds = Number(process.env.STOKER_FIGHT_SECONDS ?? 12);

/** Who insists on what. */
interface Rival {
  readonly manager: string;
  readonly type: ResourceType;
  readonly name: string;
  readonly insist: (object: KubernetesObject) => KubernetesObject;
}

type WithData = KubernetesObject & { readonly data?: Record<string, string> };
type WithSpec = KubernetesObject & { readonly spec: Record<string, unknown> };

const rivals: readonly Rival[] = [
  {
    manager: 'argocd-controller',
    type: secretType,
    name: 'prometheus-main',
    insist: (secret: WithData) =>
      ({ ...secret, data: { ...secret.data, 'prometheus.yaml.gz': 'H4sIAAAAAAAAAwMAAAAAAAAAAAA=' } }) as WithData,
  },
  {
    manager: 'mesh-injector',
    type: serviceType,
    name: 'prometheus-operated',
    insist: (service) =>
      ({ ...service, spec: { ...(service as WithSpec).spec, publishNotReadyAddresses: true } }) as WithSpec,
  },
  {
    manager: 'scaler',
    type: statefulSetType,
    name: 'prometheus-main',
    insist: (set) => ({ ...set, spec: { ...(set as WithSpec).spec, replicas: 3 } }) as WithSpec,
  },
];

describe('other field managers on a real API server', () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster.stop());

  const countWrites = ({ type, name }: Rival): number =>
    cluster
      .listWrites()
      .filter(
        ({ user, verb, ...of }) =>
          user === 'operator' && verb === 'update' && of.resource === type.plural && of.name === name,
      ).length;

  /** Writes over the object whenever it is not what the rival wants. */
  async function insistOnce({ manager, type, name, insist }: Rival): Promise<void> {
    const object = await cluster.api.get(type, `fought/${name}`);
    const wanted = insist(object);
    if (JSON.stringify(wanted) === JSON.stringify(object)) return;
    await cluster.api.replace(type, wanted, manager).catch((error: unknown) => {
      if (!(error instanceof RefusedError && error.status === 409)) throw error;
    });
  }

  it('are named with what they change, cost ever fewer writes, and lose what they insisted on when they stop', async () => {
    const operator = await cluster.startOperator();
    await operator.whenReady();
    const world = new World(() => cluster, 'fought');
    await world.begin({ replicas: 2 });
    const counts = rivals.map(countWrites);
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) for (const rival of rivals) await insistOnce(rival);
    // Three at once, then one after one second, two, four and so on.
    const most = 4 + Math.ceil(Math.log2(seconds));
    for (const [index, rival] of rivals.entries()) {
      const writes = countWrites(rival) - (counts[index] ?? 0);
      assert.ok(writes >= 3 && writes <= most, `${rival.type.kind}: ${writes} writes`);
    }
    await eventually('all of them are named', async () => {
      const { status, reason, message = '' } = await world.readCondition('Contested');
      assert.deepEqual([status, reason], ['True', 'FieldsContested']);
      assert.match(
        message,
        /Secret "prometheus-main": data\["prometheus\.yaml\.gz"\]: "argocd-controller" has changed it \d+ times since /,
      );
      assert.match(
        message,
        /Service "prometheus-operated": spec\.publishNotReadyAddresses: "mesh-injector" has changed it/,
      );
      assert.match(message, /StatefulSet "prometheus-main": spec\.replicas(?:, [^:]+)?: "scaler" has changed it/);
    });
    assert.equal((await world.whenWarned('Prometheus', 'main')).reason, 'FieldsContested');
    assert.equal(await operator.metric('prometheus_operator_contested_objects_total', { kind: 'Secret' }), 1);
    // They stop: the last word is the operator's.
    await eventually('what is wanted comes back', async () => {
      assert.match(await world.readConfig(), /scrape_configs/);
      assert.equal((await world.readStatefulSet()).spec.replicas, 2);
      const service = await cluster.api.get<WithSpec>(serviceType, 'fought/prometheus-operated');
      assert.notEqual(service.spec.publishNotReadyAddresses, true);
    });
    await world.whenSynced();
  });
});
