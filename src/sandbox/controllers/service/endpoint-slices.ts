/** The EndpointSlice controller: slices of at most 100 endpoints for each list of ports of a Service. */
import { splitKey } from '../../../api/meta.ts';
import type { ApiObject } from '../../api.ts';
import type { ControllerContext, Running } from '../context.ts';
import { startController } from '../context.ts';
import { renderControllerReference } from '../owners.ts';
import type { NewObject } from '../resources.ts';
import { endpointSlices, nameOf, read, readAll, services } from '../resources.ts';
import { sameJson } from '../same-json.ts';
import type { Service } from '../shapes.ts';
import type { EndpointFact } from './endpoint-facts.ts';
import { groupByPorts, inheritedLabels, listEndpointFacts, renderTrigger, targetOf } from './endpoint-facts.ts';
import { observeServices } from './service-keys.ts';
import { sliceEndpoints } from '../../limits.ts';

const serviceLabel = 'kubernetes.io/service-name';
const managerLabel = 'endpointslice.kubernetes.io/managed-by';
const manager = 'endpointslice-controller.k8s.io';

export function startEndpointSliceController(context: ControllerContext): Running {
  const { api } = context;
  return startController(context, {
    name: 'endpointslice',
    observe: (watch, queue) => {
      observeServices(api, watch, queue);
      watch(endpointSlices, ({ metadata }, gone) => {
        const name = metadata.labels?.[serviceLabel];
        if (gone && name !== undefined) queue.add(`${metadata.namespace ?? ''}/${name}`);
      });
    },
    sync: (key) => {
      const service = read(api, services, splitKey(key));
      if (service === undefined || Object.keys(service.spec.selector ?? {}).length === 0) return;
      const { namespace, name } = nameOf(service);
      const labelSelector = `${serviceLabel}=${name},${managerLabel}=${manager}`;
      const stored = readAll(api, endpointSlices, { namespace, labelSelector });
      writeSlices(context, stored, renderSlices(service, listEndpointFacts(api, service)));
    },
  });
}

/** Keeps a stored slice for each wanted one, by port list first: few writes, stable names. */
function writeSlices(
  { api, clock }: ControllerContext,
  stored: readonly ApiObject[],
  wanted: readonly NewObject[],
): void {
  const free = [...stored];
  const annotations = renderTrigger(clock);
  for (const slice of wanted) {
    const samePorts = free.findIndex((one) => sameJson(one['ports'] ?? [], slice['ports']));
    const [kept] = free.splice(samePorts < 0 ? 0 : samePorts, 1);
    if (kept === undefined) api.create(endpointSlices, { ...slice, metadata: { ...slice.metadata, annotations } });
    else if (!isUpToDate(kept, slice)) {
      const { generateName: _given, ...metadata } = slice.metadata;
      api.update(endpointSlices, { ...slice, metadata: { ...kept.metadata, ...metadata, annotations } });
    }
  }
  for (const slice of free) api.delete(endpointSlices, nameOf(slice));
}

function isUpToDate(stored: ApiObject, wanted: NewObject): boolean {
  const parts = ['endpoints', 'ports'] as const;
  const sameParts = parts.every((part) => sameJson(stored[part] ?? [], wanted[part]));
  return sameParts && sameJson(stored.metadata.labels, wanted.metadata.labels);
}

/** The slices a Service should have; one without endpoints when no Pod stands behind it. */
export function renderSlices(service: Service, facts: readonly EndpointFact[]): NewObject[] {
  const groups = groupByPorts(facts).flatMap((group) => chunk(group, sliceEndpoints));
  const { name = '', namespace = '' } = service.metadata;
  const labels = { ...inheritedLabels(service), [serviceLabel]: name, [managerLabel]: manager };
  return (groups.length === 0 ? [[]] : groups).map((group) => ({
    metadata: { namespace, generateName: `${name}-`, labels, ownerReferences: [renderControllerReference(service)] },
    addressType: 'IPv4',
    endpoints: group.map(renderEndpoint),
    ports: group[0]?.ports ?? [],
  }));
}

function renderEndpoint({ pod, address, ready, serving, terminating, hostname, nodeName, zone }: EndpointFact): object {
  return {
    addresses: [address],
    conditions: { ready, serving, terminating },
    ...(hostname === undefined ? {} : { hostname }),
    targetRef: targetOf(pod),
    nodeName,
    ...(zone === undefined ? {} : { zone }),
  };
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
