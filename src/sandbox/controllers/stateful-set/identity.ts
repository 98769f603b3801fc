/** What makes a Pod the n-th of its StatefulSet: name, host name, labels and claims. */
import type { ObjectName } from '../../api.ts';
import { renderPod } from '../render-pod.ts';
import type { ClaimTemplate, Pod, PodTemplate, StatefulSet } from '../shapes.ts';

const revisionLabel = 'controller-revision-hash';

/** The ordinal in the Pod's name, -1 when the name is not one of the set's. */
export function ordinalOf(set: StatefulSet, pod: Pod): number {
  const { name = '' } = pod.metadata;
  const prefix = `${set.metadata.name ?? ''}-`;
  const digits = name.startsWith(prefix) ? name.slice(prefix.length) : '';
  return /^\d+$/.test(digits) ? Number(digits) : -1;
}

/** The name of the ControllerRevision the Pod was made from. */
export function revisionOf(pod: Pod): string {
  return pod.metadata.labels?.[revisionLabel] ?? '';
}

export interface PodIdentity {
  readonly ordinal: number;
  readonly revision: string;
}

/** The Pod of an ordinal, from the template of its revision. */
export function renderStatefulPod(set: StatefulSet, template: PodTemplate, { ordinal, revision }: PodIdentity): Pod {
  const { name: setName = '' } = set.metadata;
  const name = `${setName}-${ordinal}`;
  const pod = renderPod(set, template, {
    name,
    generateName: `${setName}-`,
    labels: {
      'apps.kubernetes.io/pod-index': String(ordinal),
      [revisionLabel]: revision,
      'statefulset.kubernetes.io/pod-name': name,
    },
  });
  const { serviceName } = set.spec;
  const subdomain = serviceName === undefined || serviceName === '' ? {} : { subdomain: serviceName };
  return { ...pod, spec: { ...pod.spec, hostname: name, ...subdomain, ...claimVolumes(set, pod, ordinal) } };
}

function claimVolumes(set: StatefulSet, pod: Pod, ordinal: number): object {
  const templates = set.spec.volumeClaimTemplates ?? [];
  if (templates.length === 0) return {};
  const own = templates.map((template) => ({
    name: template.metadata.name ?? '',
    persistentVolumeClaim: { claimName: claimNameOf(set, template, ordinal).name },
  }));
  const others = (pod.spec.volumes ?? []).filter(({ name }) => !own.some((volume) => volume.name === name));
  return { volumes: [...own, ...others] };
}

/** Name of the claim a template gives to an ordinal: `<template>-<set>-<ordinal>`. */
export function claimNameOf(set: StatefulSet, template: ClaimTemplate, ordinal: number): ObjectName {
  const { name = '', namespace = '' } = set.metadata;
  return { namespace, name: `${template.metadata.name ?? ''}-${name}-${ordinal}` };
}
