import type { Alertmanager, AlertmanagerSpec } from '../../../../../src/api/alertmanager.ts';
import type { Container } from '../../../../../src/api/core/container.ts';
import { renderStatefulSet } from '../../../../../src/core/render/alertmanager/alertmanager-set.ts';
import { asAlertmanagerWorkload } from '../../../../../src/core/render/alertmanager/alertmanager-workload.ts';
import type { AlertmanagerWorkload } from '../../../../../src/core/render/alertmanager/alertmanager-workload.ts';
import type { PodSpec } from '../../../../../src/core/render/shared/rendered-objects.ts';
import type { OperatorSettings } from '../../../../../src/core/settings.ts';
import { makeSettings } from '../prometheus/fixtures.ts';

export function makeAlertmanager(
  spec: AlertmanagerSpec = {},
  metadata: Partial<Alertmanager['metadata']> = {},
): Alertmanager {
  return { metadata: { name: 'main', namespace: 'monitoring', uid: 'u1', ...metadata }, spec };
}

/** The Alertmanager monitoring/main as rendering sees it. */
export function makeWorkload(
  spec: AlertmanagerSpec = {},
  settings: Partial<OperatorSettings> = {},
): AlertmanagerWorkload {
  return asAlertmanagerWorkload(makeAlertmanager(spec), makeSettings(settings));
}

export function makePod(spec: AlertmanagerSpec = {}, settings: Partial<OperatorSettings> = {}): PodSpec {
  return renderStatefulSet(makeWorkload(spec, settings), 1).spec.template.spec;
}

export function findContainer(pod: PodSpec, name: string): Container {
  const all = [...pod.containers, ...(pod.initContainers ?? [])];
  const found = all.find((container) => container.name === name);
  if (found === undefined) throw new Error(`No container ${name} in ${all.map((one) => one.name).join(', ')}`);
  return found;
}
