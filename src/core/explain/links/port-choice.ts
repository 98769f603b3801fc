import type { PodMetricsEndpoint } from '../../../api/pod-monitor.ts';
import type { Endpoint } from '../../../api/service-monitor.ts';
import type { PodObject, ServiceObject } from '../../targets/groups/discovered-objects.ts';
import type { JobCase } from '../case.ts';
import { readField } from '../fields.ts';

/** Which port an endpoint asks for. */
export interface PortChoice {
  readonly field: 'port' | 'portNumber' | 'targetPort';
  readonly value: string | number;
  /** Of a Service the name of its port is compared, otherwise ports of containers. */
  readonly comparedWith: 'service' | 'container';
}

/** The endpoint that a job is of. */
export function endpointOf({ monitor, job }: JobCase): Endpoint & PodMetricsEndpoint {
  return readField(monitor, job.endpoint) ?? {};
}

/** As renderPortRules reads it: port, then portNumber, then targetPort. */
export function choosePort(one: JobCase): PortChoice | undefined {
  const { port, portNumber, targetPort } = endpointOf(one);
  if (port !== undefined && port !== '')
    return { field: 'port', value: port, comparedWith: one.kind === 'ServiceMonitor' ? 'service' : 'container' };
  if (one.kind === 'PodMonitor' && portNumber !== undefined && portNumber !== 0)
    return { field: 'portNumber', value: portNumber, comparedWith: 'container' };
  if (targetPort === undefined || targetPort === 0 || targetPort === '') return undefined;
  return { field: 'targetPort', value: targetPort, comparedWith: 'container' };
}

/** What the monitor selected, as the port link needs it. */
export interface PortScene {
  readonly one: JobCase;
  readonly choice: PortChoice;
  readonly at: string;
  readonly services: readonly ServiceObject[];
  readonly pods: readonly PodObject[];
}
