/** PersistentVolumeClaims that grow and shrink: what the server lets through, and its words where it does not. */
import type { Api } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, show } from '../case.ts';

const sized = (storage: string): object => ({ resources: { requests: { storage } } });
const claims = (api: Api): string => api.core('persistentvolumeclaims');

/** A claim `a` of 2Gi in a class of the case's own. */
async function createClaim(api: Api, allowVolumeExpansion: boolean | undefined): Promise<void> {
  const storageClassName = `${api.namespace}-class`;
  if (allowVolumeExpansion !== undefined)
    await api.create('/apis/storage.k8s.io/v1/storageclasses', {
      ...{ metadata: { name: storageClassName }, provisioner: 'example.test/driver', allowVolumeExpansion },
    });
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName, ...sized('2Gi') };
  await api.create(claims(api), { metadata: { name: 'a' }, spec });
}

/** As a driver does it. */
async function bind(api: Api, storage = '2Gi'): Promise<void> {
  const status = { phase: 'Bound', capacity: { storage }, accessModes: ['ReadWriteOnce'] };
  const answer = await api.patch(`${claims(api)}/a/status`, 'merge', { status });
  if (answer.status !== 200) throw new Error(`Cannot bind the claim: ${answer.text}`);
}

/** The size that it asks for then, or the refusal in the server's words. */
async function resize(api: Api, storage: string): Promise<unknown> {
  const { status, body } = await api.patch(`${claims(api)}/a`, 'merge', { spec: sized(storage) });
  return status === 200 ? show(body.spec?.resources?.requests?.storage) : [status, body.reason, body.message];
}

const cannot =
  'persistentvolumeclaims "a" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
const tooSmall =
  'PersistentVolumeClaim "a" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity';

export const claimSizeCases: readonly ContractCase[] = [
  contractCase(
    'claim size: a bound one grows where its class allows it',
    async (api) => {
      await createClaim(api, true);
      await bind(api);
      return resize(api, '3Gi');
    },
    '3Gi',
  ),
  contractCase(
    'claim size: one that is not bound yet stays as it is',
    async (api) => {
      await createClaim(api, true);
      const [status, reason, message] = (await resize(api, '3Gi')) as unknown[];
      return [status, reason, show(message).split(' for bound claims')[0]];
    },
    [
      422,
      'Invalid',
      'PersistentVolumeClaim "a" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName',
    ],
  ),
  contractCase(
    'claim size: a class that does not allow it is 403',
    async (api) => {
      await createClaim(api, false);
      await bind(api);
      return resize(api, '3Gi');
    },
    [403, 'Forbidden', cannot],
  ),
  contractCase(
    'claim size: a class that is not there is 403',
    async (api) => {
      await createClaim(api, undefined);
      await bind(api);
      return resize(api, '3Gi');
    },
    [403, 'Forbidden', cannot],
  ),
  contractCase(
    'claim size: less than it has is 422, whatever its class',
    async (api) => {
      await createClaim(api, true);
      await bind(api);
      return resize(api, '1Gi');
    },
    [422, 'Invalid', tooSmall],
  ),
  contractCase(
    'claim size: what was asked for and did not come may be taken back, to more than it has',
    async (api) => {
      await createClaim(api, true);
      await bind(api);
      return [await resize(api, '9Gi'), await resize(api, '3Gi'), await resize(api, '2Gi')];
    },
    ['9Gi', '3Gi', [422, 'Invalid', tooSmall]],
  ),
];
