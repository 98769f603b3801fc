import type { SecretKeySelector } from '../../../../api/parts/references.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { readSecret } from './blocks.ts';
import { copyUnlessEmpty, makeSharedRule, sanitizeLabelName } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';
import type { RenderScope } from './render-scope.ts';

/** `bearer_token` of a job. An empty selector is unset. */
export function renderBearerToken(selector: SecretKeySelector | undefined, scope: RenderScope): string | undefined {
  return unlessBlank(selector?.name) === undefined ? undefined : readSecret(selector, scope);
}

/** Which port of an endpoint, as users write it. */
export interface PortChoice {
  readonly port?: string | undefined;
  readonly portNumber?: number | undefined;
  readonly targetPort?: number | string | undefined;
}

const keepPort = (origin: string, label: string, regex: string | number): RelabelRule => ({
  rule: { action: 'keep', source_labels: [label], regex },
  origin,
  common: true,
});

const podPort = {
  name: '__meta_kubernetes_pod_container_port_name',
  number: '__meta_kubernetes_pod_container_port_number',
};

/** Keeps the targets of the chosen port. `nameLabel` is the label that `port` is compared with, `field` the endpoint's path. */
export function renderPortRules(choice: PortChoice, nameLabel: string, field: string): RelabelRule[] {
  const { port, portNumber, targetPort } = choice;
  if (unlessBlank(port) !== undefined) return [keepPort(`${field}.port`, nameLabel, port ?? '')];
  if (portNumber !== undefined && portNumber !== 0)
    return [keepPort(`${field}.portNumber`, podPort.number, portNumber)];
  if (targetPort === undefined || targetPort === 0 || targetPort === '') return [];
  return [keepPort(`${field}.targetPort`, typeof targetPort === 'number' ? podPort.number : podPort.name, targetPort)];
}

/** Names the port in the label `endpoint`; a number of a container port alone does not (docs/reference/rendering.md 2.3). */
export function renderEndpointLabel({ port, targetPort }: PortChoice, field: string): RelabelRule[] {
  const name = unlessBlank(port) ?? unlessBlank(targetPort === undefined ? '' : String(targetPort));
  if (name === undefined) return [];
  const origin = unlessBlank(port) === undefined ? `${field}.targetPort` : `${field}.port`;
  return [{ rule: { target_label: 'endpoint', replacement: name }, origin, common: true }];
}

/** Labels of discovered objects that are copied to targets. `origin` is the path of the list. */
export function renderTargetLabels(
  labels: readonly string[] | undefined,
  role: 'service' | 'pod',
  origin: string,
): RelabelRule[] {
  return (labels ?? []).map((label, at) => {
    const name = sanitizeLabelName(label);
    return copyUnlessEmpty(`${origin}[${at}]`, `__meta_kubernetes_${role}_label_${name}`, name);
  });
}

/** Pods that have ended are no targets. */
export function renderRunningRule(filterRunning: boolean | undefined, field: string): RelabelRule[] {
  if (filterRunning === false) return [];
  return [{ ...dropEnded, origin: `${field}.filterRunning` }];
}

const dropEnded = makeSharedRule('', {
  action: 'drop',
  source_labels: ['__meta_kubernetes_pod_phase'],
  regex: '(Failed|Succeeded)',
});

/** Keeps the name of the job for those who write rules. */
export const keepJobName: RelabelRule = makeSharedRule('', {
  source_labels: ['job'],
  target_label: '__tmp_prometheus_job_name',
});

/** The value of a label of the discovered object as the job's name. */
export function renderJobLabel(jobLabel: string | undefined, role: 'service' | 'pod'): RelabelRule[] {
  const label = unlessBlank(jobLabel);
  if (label === undefined) return [];
  return [copyUnlessEmpty('spec.jobLabel', `__meta_kubernetes_${role}_label_${sanitizeLabelName(label)}`, 'job')];
}
