import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NamespacedName, ResourceType } from '../../../../src/api/meta.ts';
import { expandVolumes } from '../../../../src/controllers/workload/volumes.ts';
import type { VolumeDeps } from '../../../../src/controllers/workload/volumes.ts';
import type { StatefulSet } from '../../../../src/core/render/shared/rendered-objects.ts';
import type { VolumeState } from '../../../../src/core/status/volume-verdict.ts';
import { ApiError } from '../../../../src/kubernetes/client/errors.ts';

const makeSet = (storage: string): StatefulSet => ({
  metadata: { namespace: 'shop', name: 'a' },
  spec: {
    serviceName: 's',
    replicas: 2,
    selector: {},
    template: { metadata: {}, spec: { containers: [] } },
    volumeClaimTemplates: [{ metadata: { name: 'db' }, spec: { resources: { requests: { storage } } } }],
  },
});

const refusal = (status: number, message: string): ApiError =>
  new ApiError({ status, reason: 'X', message, details: { name: 'x' } });

interface Situation {
  /** "VERB RESOURCE" that RBAC does not grant. */
  readonly forbidden?: readonly string[];
  readonly className?: string;
  readonly allowVolumeExpansion?: boolean;
  /** What a patch is answered with. */
  readonly answer?: ApiError;
  readonly mayAsk?: boolean;
}

/** A cluster in which claim 0 is there and claim 1 is not. */
async function run(situation: Situation): Promise<{ state: VolumeState | undefined; patches: unknown[] }> {
  const { forbidden = [], className = 'disk', allowVolumeExpansion = true, answer, mayAsk = true } = situation;
  const patches: unknown[] = [];
  const get = (type: ResourceType, { name }: NamespacedName): unknown => {
    if (type.kind === 'StorageClass') return { metadata: { name }, allowVolumeExpansion };
    if (name !== 'db-a-0') throw refusal(404, 'not found');
    const spec = { storageClassName: className, resources: { requests: { storage: '10Gi' } } };
    const metadata = { name, namespace: 'shop', uid: 'u', resourceVersion: '7' };
    return { metadata, spec, status: { phase: 'Bound', capacity: { storage: '10Gi' } } };
  };
  const client = {
    get: (...of: Parameters<typeof get>) => Promise.resolve().then(() => get(...of)),
    patch: (_type: ResourceType, _name: NamespacedName, { body }: { body: unknown }) => {
      patches.push(body);
      return answer === undefined ? Promise.resolve({}) : Promise.reject(answer);
    },
  } as unknown as VolumeDeps['client'];
  const isAllowed: VolumeDeps['isAllowed'] = ({ verb, resource }) =>
    Promise.resolve(!forbidden.includes(`${verb} ${resource}`));
  const deps = { client, fence: () => undefined, isAllowed };
  return { state: await expandVolumes(deps, { live: makeSet('10Gi'), desired: makeSet('20Gi'), mayAsk }), patches };
}

describe('the next step towards larger volumes', () => {
  it('asks for the size, of the very claim that was looked at', async () => {
    const { state, patches } = await run({});
    const metadata = { uid: 'u', resourceVersion: '7' };
    assert.deepEqual(patches, [{ metadata, spec: { resources: { requests: { storage: '20Gi' } } } }]);
    assert.deepEqual(state?.claims, [{ name: 'db-a-0', state: 'growing' }]);
  });

  it('is none while the claims of another set grow', async () => {
    const { state, patches } = await run({ mayAsk: false });
    assert.deepEqual([patches, state?.claims[0]?.state], [[], 'small']);
  });

  for (const verb of ['get', 'patch'])
    it(`is none where RBAC does not grant to ${verb} claims`, async () => {
      const { state, patches } = await run({ forbidden: [`${verb} persistentvolumeclaims`] });
      assert.deepEqual([patches, state?.refusal], [[], { kind: 'not-permitted' }]);
    });

  it('is none where the class does not allow it', async () => {
    const { state, patches } = await run({ allowVolumeExpansion: false });
    assert.deepEqual([patches, state?.refusal], [[], { kind: 'class', claim: 'db-a-0', className: 'disk' }]);
  });

  it('is none where there is no class', async () => {
    const { state } = await run({ className: '' });
    assert.deepEqual(state?.refusal, { kind: 'class', claim: 'db-a-0', className: undefined });
  });

  it('leaves it to the server where the class cannot be read', async () => {
    const { state } = await run({
      forbidden: ['get storageclasses'],
      allowVolumeExpansion: false,
      answer: refusal(403, 'no, never'),
    });
    assert.deepEqual(state?.refusal, { kind: 'server', claim: 'db-a-0', message: 'no, never' });
  });

  it('is looked for again when the claim has changed meanwhile', async () => {
    const { state } = await run({ answer: refusal(409, 'changed') });
    assert.deepEqual([state?.refusal, state?.claims[0]?.state], [undefined, 'growing']);
  });

  it('fails as everything does when the server is away', async () => {
    await assert.rejects(run({ answer: refusal(503, 'away') }), /away/);
  });
});
