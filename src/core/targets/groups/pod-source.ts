import type { KubernetesObject, OwnerReference } from '../../../api/meta.ts';
import type { LabelSet, LabelSource } from '../../relabel/label-set.ts';
import type { PodObject } from './discovered-objects.ts';

/** The first owner that is a controller. */
export function findController({ metadata }: KubernetesObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}

/** Undefined for no text at all: such a label is not there. */
const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

function readReady({ status }: PodObject): string {
  const ready = (status?.conditions ?? []).find(({ type }) => type === 'Ready')?.status ?? 'unknown';
  return ready.toLowerCase();
}

const readers: ReadonlyMap<string, (pod: PodObject) => string | undefined> = new Map([
  ['__meta_kubernetes_pod_ip', ({ status }: PodObject) => status?.podIP ?? ''],
  ['__meta_kubernetes_pod_host_ip', ({ status }: PodObject) => status?.hostIP ?? ''],
  ['__meta_kubernetes_pod_node_name', ({ spec }: PodObject) => spec?.nodeName ?? ''],
  ['__meta_kubernetes_pod_uid', ({ metadata }: PodObject) => metadata.uid ?? ''],
  ['__meta_kubernetes_pod_phase', ({ status }: PodObject) => status?.phase ?? ''],
  ['__meta_kubernetes_pod_ready', readReady],
  ['__meta_kubernetes_pod_controller_kind', (pod: PodObject) => nonEmpty(findController(pod)?.kind)],
  ['__meta_kubernetes_pod_controller_name', (pod: PodObject) => nonEmpty(findController(pod)?.name)],
]);

/** The labels of a pod, read from the pod itself: a set costs no more than a reference to it. */
export class PodSource implements LabelSource {
  readonly #pod: PodObject;
  readonly #metadata: LabelSource;
  readonly #owners: LabelSet;

  /** @param owners what is known of the owners behind the controller; it may change while the pod does not. */
  constructor(pod: PodObject, metadata: LabelSource, owners: LabelSet) {
    this.#pod = pod;
    this.#metadata = metadata;
    this.#owners = owners;
  }

  get(name: string): string | undefined {
    return readers.get(name)?.(this.#pod) ?? this.#metadata.get(name) ?? this.#owners.get(name);
  }

  writeTo(labels: Map<string, string>): void {
    this.#owners.writeTo(labels);
    this.#metadata.writeTo(labels);
    for (const [name, read] of readers) {
      const value = read(this.#pod);
      if (value !== undefined) labels.set(name, value);
    }
  }

  writePlainTo(): void {
    // All names begin with `__meta_`.
  }
}
