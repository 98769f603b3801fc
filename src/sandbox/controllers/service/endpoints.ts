/** The Endpoints controller: one object a Service with a selector, under the Service's name. */
import { splitKey } from '../../../api/meta.ts';
import type { ControllerContext, Running } from '../context.ts';
import { startController } from '../context.ts';
import type { NewObject } from '../resources.ts';
import { endpoints, nameOf, read, services } from '../resources.ts';
import { sameJson } from '../same-json.ts';
import type { Service } from '../shapes.ts';
import type { EndpointFact } from './endpoint-facts.ts';
import { groupByPorts, inheritedLabels, listEndpointFacts, renderTrigger, targetOf } from './endpoint-facts.ts';
import { observeServices } from './service-keys.ts';

export function startEndpointsController(context: ControllerContext): Running {
  const { api } = context;
  return startController(context, {
    name: 'endpoints',
    observe: (watch, queue) => observeServices(api, watch, queue),
    sync: (key) => {
      const service = read(api, services, splitKey(key));
      if (service === undefined) {
        api.delete(endpoints, splitKey(key));
        return;
      }
      if (Object.keys(service.spec.selector ?? {}).length === 0) return;
      writeEndpoints(context, service);
    },
  });
}

function writeEndpoints({ api, clock }: ControllerContext, service: Service): void {
  const stored = read(api, endpoints, nameOf(service));
  const rendered = renderEndpoints(service, listEndpointFacts(api, service));
  const wanted: NewObject = {
    ...rendered,
    metadata: { ...rendered.metadata, annotations: renderTrigger(clock) },
  };
  if (stored === undefined) {
    api.create(endpoints, wanted);
    return;
  }
  const same =
    sameJson(stored.metadata.labels, wanted.metadata.labels) && sameJson(stored['subsets'], wanted['subsets']);
  if (!same) api.update(endpoints, { ...wanted, metadata: { ...stored.metadata, ...wanted.metadata } });
}

/** The Endpoints of a Service: a subset for each list of ports; a Pod that terminates or has no such port is in none. */
export function renderEndpoints(service: Service, facts: readonly EndpointFact[]): NewObject {
  const wantsPorts = (service.spec.ports ?? []).length > 0;
  const live = facts.filter(
    ({ terminating, ready, ports }) => (!terminating || ready) && (!wantsPorts || ports.length > 0),
  );
  const subsets = groupByPorts(live).map(renderSubset);
  const { name = '', namespace = '' } = service.metadata;
  const labels = { ...inheritedLabels(service), 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' };
  return { metadata: { name, namespace, labels }, ...(subsets.length === 0 ? {} : { subsets }) };
}

function renderSubset(facts: readonly EndpointFact[]): object {
  const sorted = [...facts].sort((one, other) => (one.address < other.address ? -1 : 1));
  const addresses = sorted.filter(({ ready }) => ready).map(renderAddress);
  const notReadyAddresses = sorted.filter(({ ready }) => !ready).map(renderAddress);
  const ports = (facts[0]?.ports ?? []).map(({ name, ...port }) => (name === '' ? port : { name, ...port }));
  return {
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(notReadyAddresses.length === 0 ? {} : { notReadyAddresses }),
    ...(ports.length === 0 ? {} : { ports }),
  };
}

function renderAddress({ address, hostname, nodeName, pod }: EndpointFact): object {
  return {
    ip: address,
    ...(hostname === undefined ? {} : { hostname }),
    nodeName,
    targetRef: targetOf(pod),
  };
}
