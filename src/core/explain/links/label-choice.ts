import type { KubernetesObject, LabelSelector } from '../../../api/meta.ts';
import type { Probe } from '../../../api/probe.ts';
import type { ServiceMonitor } from '../../../api/service-monitor.ts';
import type { Lister } from '../../listers.ts';
import { compileLabelSelector } from '../../selectors/label-selector.ts';
import type { JobCase } from '../case.ts';
import { kubernetesOf } from '../case.ts';

/** What a monitor selects by labels, and where it looks. */
export interface LabelChoice {
  readonly what: 'Service' | 'Pod' | 'Ingress';
  readonly selector: LabelSelector;
  /** Path of the selector in the monitor. */
  readonly at: string;
  /** Path of the namespaceSelector in the monitor. */
  readonly namespacesAt: string;
  readonly objects: Lister<KubernetesObject>;
  /** Undefined: all namespaces. */
  readonly places: readonly string[] | undefined;
}

/** The objects that a job selects by labels; undefined for jobs that do not. */
export function describeChoice({ kind, monitor, loaded, facts: { cluster } }: JobCase): LabelChoice | undefined {
  const kubernetes = kubernetesOf(loaded);
  if (kubernetes === undefined || kind === 'ScrapeConfig') return undefined;
  const { names = [] } = kubernetes.namespaces;
  const places = names.length === 0 ? undefined : names;
  if (kind === 'Probe') {
    const at = 'spec.targets.ingress.selector';
    const namespacesAt = 'spec.targets.ingress.namespaceSelector';
    const selector = (monitor as Probe).spec.targets?.ingress?.selector ?? {};
    return { what: 'Ingress', selector, at, namespacesAt, objects: cluster.ingress, places };
  }
  const { selector } = (monitor as ServiceMonitor).spec;
  const shared = { selector, at: 'spec.selector', namespacesAt: 'spec.namespaceSelector', places };
  return kind === 'ServiceMonitor'
    ? { ...shared, what: 'Service', objects: cluster.service }
    : { ...shared, what: 'Pod', objects: cluster.pod };
}

/** Objects in the namespaces that a job looks in. */
export function listInside<T extends KubernetesObject>(objects: Lister<T>, places: readonly string[] | undefined): T[] {
  return places === undefined ? [...objects.list()] : [...new Set(places)].flatMap((place) => objects.list(place));
}

/** "namespace shop", "namespaces pay, shop", "all namespaces". */
export function showPlaces(places: readonly string[] | undefined): string {
  if (places === undefined) return 'all namespaces';
  return `${places.length === 1 ? 'namespace' : 'namespaces'} ${places.join(', ')}`;
}

/** The objects that a choice takes. */
export function listChosen({ selector, objects, places }: LabelChoice): readonly KubernetesObject[] {
  const matches = compileLabelSelector(selector);
  return listInside(objects, places).filter(({ metadata }) => matches(metadata.labels ?? {}));
}
