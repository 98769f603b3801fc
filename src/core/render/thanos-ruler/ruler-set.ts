import type { PodTemplate, StatefulSet } from '../shared/rendered-objects.ts';
import { collectParts } from '../shared/pod-parts.ts';
import type { PodPart } from '../shared/pod-parts.ts';
import { renderPodTemplate } from '../shared/pod-template.ts';
import { renderWorkloadSet } from '../shared/stateful-set.ts';
import { renderRulerContainer, renderRulerReloader } from './containers.ts';
import { annotatePods, labelPods, selectPods } from './ruler-labels.ts';
import * as parts from './ruler-pod-parts.ts';
import type { PodInput } from './ruler-pod-parts.ts';
import type { ThanosRulerWorkload } from './ruler-workload.ts';

type AddPart = (input: PodInput) => PodPart;

/** The order of volumes and mounts alike, but for the user's mounts, which stand last in both. */
const partOrder: readonly AddPart[] = [parts.addConfigs, parts.addTlsAssets, parts.addWebConfig];
const volumeOrder: readonly AddPart[] = [...partOrder, parts.addRules, parts.addStorage, parts.addUserVolumes];
const mountOrder: readonly AddPart[] = [...partOrder, parts.addStorage, parts.addRules, parts.addUserVolumes];
const reloaderMountOrder: readonly AddPart[] = [parts.addRules, parts.addWebConfig];

const addAll = (order: readonly AddPart[], input: PodInput): PodPart[] => order.map((add) => add(input));

function renderPod(input: PodInput): PodTemplate {
  const { workload } = input;
  const reloader = renderRulerReloader(input, collectParts(addAll(reloaderMountOrder, input), 'reloaderMounts'));
  return renderPodTemplate(workload, {
    labels: labelPods(workload),
    annotations: annotatePods(workload),
    containers: [
      renderRulerContainer(input, collectParts(addAll(mountOrder, input), 'mounts')),
      ...(reloader === undefined ? [] : [reloader]),
    ],
    initContainers: [],
    volumes: collectParts(addAll(volumeOrder, input), 'volumes'),
    topologySpreadConstraints: workload.spec.topologySpreadConstraints ?? [],
    terminationGracePeriodSeconds: 120,
    automountServiceAccountToken: undefined,
  });
}

/**
 * The StatefulSet of a ThanosRuler, without the input hash (docs/reference/rendering.md 6.2 to 6.4).
 * @throws {TerminalError} when the spec asks for what cannot be rendered.
 */
export function renderRulerSet(workload: ThanosRulerWorkload, input: Omit<PodInput, 'workload'>): StatefulSet {
  const selector = selectPods(workload);
  return renderWorkloadSet(workload, {
    name: workload.names.prefix,
    labels: selector,
    selector,
    replicas: workload.spec.replicas,
    template: renderPod({ ...input, workload }),
    claim: parts.chooseStorage(workload).claim,
  });
}
