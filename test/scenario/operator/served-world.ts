import { prometheus } from './world.ts';
import type { World } from './world.ts';

/** Where the operator of these scenarios takes the discovery service to be. */
export const discoveryUrl = 'https://discovery:8443';

/** Prometheus monitoring/main, with the annotation that says who discovers. */
export function servedPrometheus(discovery: string): object {
  const object = prometheus('main', {
    podMonitorSelector: {},
    podMonitorNamespaceSelector: { matchLabels: { team: 'shop' } },
  }) as { metadata: object };
  return { ...object, metadata: { ...object.metadata, annotations: { 'stoker.dev/discovery': discovery } } };
}

export const podMonitor = (name: string, app: string): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { matchLabels: { app } }, podMetricsEndpoints: [{ port: 'web' }] },
});

/** Begins with three PodMonitors, and waits until the configuration has their jobs. */
export async function startServed(world: World, discovery: string): Promise<void> {
  for (const name of ['a', 'b', 'c']) world.apply(podMonitor(name, name));
  world.apply(servedPrometheus(discovery));
  await world.until(() => world.jobs().length === 3, 'it has its jobs');
  await world.until(() => world.condition('Reconciled').startsWith('True'), 'it is told');
}
