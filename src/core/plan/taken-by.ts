import type { PodTemplate } from '../render/shared/rendered-objects.ts';
import type { ObjectChange } from './plan-model.ts';

type VolumeOf = NonNullable<PodTemplate['spec']['volumes']>[number];

function isFrom({ secret, configMap, projected }: VolumeOf, kind: string, name: string): boolean {
  if (kind === 'Secret' && secret?.secretName === name) return true;
  if (kind === 'ConfigMap' && configMap?.name === name) return true;
  const sources = projected?.sources ?? [];
  return sources.some((source) => (kind === 'Secret' ? source.secret?.name : source.configMap?.name) === name);
}

/**
 * How running pods take a Secret or ConfigMap that was written anew: the kubelet brings volumes up to date, but never what is
 * mounted by a subPath.
 */
export function judgeMount({ spec }: PodTemplate, kind: string, name: string): NonNullable<ObjectChange['takenBy']> {
  const volumes = new Set((spec.volumes ?? []).filter((one) => isFrom(one, kind, name)).map((one) => one.name));
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts.filter((one) => volumes.has(one.name)));
  if (mounts.length === 0) return 'none';
  return mounts.some(({ subPath = '' }) => subPath === '') ? 'reload' : 'next-start';
}
