/** What a Pod must find before its containers start: Secrets, ConfigMaps and claims, with the keys it names. */
import type { ApiObject, SandboxApi } from '../../api.ts';
import type { TypedResource } from '../resources.ts';
import { claims, configMaps, read, secrets } from '../resources.ts';
import type { Container, Pod, Volume, VolumeSource } from '../shapes.ts';

type Reader = Pick<SandboxApi, 'get'>;

/** Why a Pod cannot start, as its container status and its event say it. */
export interface Missing {
  /** FailedMount keeps the containers in ContainerCreating; Failed is an environment variable that has no value. */
  readonly reason: 'FailedMount' | 'Failed';
  readonly waiting: 'ContainerCreating' | 'CreateContainerConfigError';
  readonly message: string;
}

interface Wanted {
  readonly from: TypedResource<ApiObject>;
  readonly name: string | undefined;
  readonly keys: readonly string[];
  readonly optional: boolean | undefined;
}

/** The first thing the Pod refers to that is missing, or undefined when it can start. */
export function findMissing(api: Reader, pod: Pod): Missing | undefined {
  const { namespace = '' } = pod.metadata;
  for (const volume of pod.spec.volumes ?? []) {
    const problem = findMissingVolume(api, namespace, volume);
    if (problem === undefined) continue;
    const message = `Cannot set up volume "${volume.name}": ${problem}`;
    return { reason: 'FailedMount', waiting: 'ContainerCreating', message };
  }
  for (const container of [...(pod.spec.initContainers ?? []), ...pod.spec.containers]) {
    const message = listEnvironment(container)
      .map((wanted) => describeMissing(api, namespace, wanted))
      .find((problem) => problem !== undefined);
    if (message !== undefined) return { reason: 'Failed', waiting: 'CreateContainerConfigError', message };
  }
  return undefined;
}

function findMissingVolume(api: Reader, namespace: string, volume: Volume): string | undefined {
  const { persistentVolumeClaim: claim } = volume;
  if (claim !== undefined) {
    const phase = read(api, claims, { namespace, name: claim.claimName })?.status?.phase;
    return phase === 'Bound' ? undefined : `claim "${claim.claimName}" is ${phase ?? 'not found'}`;
  }
  return [volume, ...(volume.projected?.sources ?? [])]
    .flatMap(listSources)
    .map((wanted) => describeMissing(api, namespace, wanted))
    .find((problem) => problem !== undefined);
}

function listSources({ secret, configMap }: VolumeSource): Wanted[] {
  const keysOf = (source: { items?: { key: string }[] }) => (source.items ?? []).map(({ key }) => key);
  const wanted: Wanted[] = [];
  if (secret !== undefined) {
    const name = secret.secretName ?? secret.name;
    wanted.push({ from: secrets, name, keys: keysOf(secret), optional: secret.optional });
  }
  if (configMap !== undefined) {
    wanted.push({ from: configMaps, name: configMap.name, keys: keysOf(configMap), optional: configMap.optional });
  }
  return wanted;
}

function listEnvironment({ env = [], envFrom = [] }: Container): Wanted[] {
  const single = env.flatMap(({ valueFrom }) => [
    { from: secrets, reference: valueFrom?.secretKeyRef },
    { from: configMaps, reference: valueFrom?.configMapKeyRef },
  ]);
  const whole = envFrom.flatMap(({ secretRef, configMapRef }) => [
    { from: secrets, reference: secretRef },
    { from: configMaps, reference: configMapRef },
  ]);
  return [...single, ...whole].flatMap(({ from, reference }): Wanted[] => {
    if (reference === undefined) return [];
    const keys = 'key' in reference && typeof reference.key === 'string' ? [reference.key] : [];
    return [{ from, name: reference.name, keys, optional: reference.optional }];
  });
}

function describeMissing(api: Reader, namespace: string, wanted: Wanted): string | undefined {
  const { from, name = '', keys, optional } = wanted;
  if (optional === true) return undefined;
  const what = from === secrets ? 'secret' : 'configmap';
  const found = read(api, from, { namespace, name });
  if (found === undefined) return `${what} "${name}" not found`;
  const known = { ...(found['data'] as object | undefined), ...(found['binaryData'] as object | undefined) };
  const key = keys.find((one) => !Object.hasOwn(known, one));
  return key === undefined ? undefined : `${what} "${name}" has no key "${key}"`;
}
