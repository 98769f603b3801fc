import type { KubernetesObject } from '../../../api/meta.ts';
import type { Rejection } from '../../rejection.ts';
import type { OperatorSettings } from '../../settings.ts';
import { asOwner, referToOwner, renderMetadata } from './metadata.ts';
import { unlessBlank } from './rendered-objects.ts';
import type { Service, ServicePort } from './rendered-objects.ts';
import type { WorkloadSpec } from './workload.ts';

/** A custom resource whose pods a Service of the operator may govern. */
export type Governed = KubernetesObject & { readonly spec: Pick<WorkloadSpec, 'serviceName' | 'portName'> };

/** What the governing Service of one kind is like. */
export interface GoverningService<T extends Governed> {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Record<string, string>;
  readonly owner: { readonly apiVersion: string; readonly kind: string };
  ports(governed: readonly T[]): ServicePort[];
  readonly publishNotReadyAddresses?: boolean;
}

/** Those that the operator's Service governs, by name: none with a Service of their own or on its way out. */
function listGoverned<T extends Governed>(all: readonly T[]): T[] {
  return all
    .filter(
      ({ metadata, spec }) => unlessBlank(spec.serviceName) === undefined && metadata.deletionTimestamp === undefined,
    )
    .sort((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1));
}

/**
 * The headless Service that the objects of one kind share in a namespace (docs/reference/rendering.md 4.16, 5.2, 6.2), undefined
 * when none of them uses it. It is made from all of them, so that its content does not depend on which was synced last, as the
 * reference's does: the port is called as the first by name calls it, for one port cannot have two names.
 * @param all every object of the kind in the namespace that this operator manages.
 */
export function renderGoverningService<T extends Governed>(
  all: readonly T[],
  service: GoverningService<T>,
  settings: OperatorSettings,
): Service | undefined {
  const governed = listGoverned(all);
  const [first] = governed;
  if (first === undefined) return undefined;
  const { publishNotReadyAddresses } = service;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: renderMetadata(
      {
        name: service.name,
        namespace: first.metadata.namespace,
        labels: service.labels,
        ownerReferences: governed.map((object) => referToOwner(asOwner(object, service.owner))),
      },
      settings,
    ),
    spec: {
      clusterIP: 'None',
      ...(publishNotReadyAddresses === undefined ? {} : { publishNotReadyAddresses }),
      ports: service.ports(governed),
      selector: service.selector,
    },
  };
}

/**
 * Whether the user's own governing Service will do: it must exist and select the pods of the workload.
 * @param service the Service called spec.serviceName in the workload's namespace.
 * @param labels of the pods.
 */
export function checkCustomService(
  spec: Pick<WorkloadSpec, 'serviceName'>,
  service: Service | undefined,
  labels: Readonly<Record<string, string>>,
): Rejection | undefined {
  const field = 'spec.serviceName';
  const name = spec.serviceName ?? '';
  if (service === undefined) {
    return { reason: 'ServiceNotFound', field, message: `Cannot use Service "${name}": it does not exist; create it` };
  }
  const selector = Object.entries(service.spec.selector ?? {});
  const foreign = selector.find(([key, value]) => labels[key] !== value);
  if (foreign === undefined) return undefined;
  return {
    reason: 'ServiceSelectorMismatch',
    field,
    message: `Cannot use Service "${name}": its selector wants ${foreign[0]}="${foreign[1]}", which the pods do not have; select them by ${Object.keys(labels).join(', ')}`,
  };
}
