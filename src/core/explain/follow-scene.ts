import type { KubernetesObject } from '../../api/meta.ts';
import type { PodMonitor } from '../../api/pod-monitor.ts';
import type { ServiceMonitor } from '../../api/service-monitor.ts';
import { compileLabelSelector } from '../selectors/label-selector.ts';
import type { MonitorCase } from './case.ts';
import { followMonitor } from './chain.ts';
import type { Chain } from './model.ts';
import { looksIn } from './scene.ts';
import type { DiscoveredFindings, Scene } from './scene.ts';
import { explainUnselected } from './unselected.ts';

const selects = (monitor: ServiceMonitor | PodMonitor, { metadata }: KubernetesObject): boolean =>
  looksIn(monitor, metadata.namespace ?? '') && compileLabelSelector(monitor.spec.selector)(metadata.labels ?? {});

/** The chains of all monitors that select what the scene is about; one that says why when there are none. */
export function followAll(scene: Scene): DiscoveredFindings {
  const { input, subject, services, pods } = scene;
  const { facts, question } = input;
  const serviceMonitors = facts.sources.ServiceMonitor.list(question.monitorNamespace).filter((one) =>
    services.some((service) => selects(one, service)),
  );
  const isPod = subject.kind === 'Pod';
  const podMonitors = facts.sources.PodMonitor.list(question.monitorNamespace).filter(
    (one) => isPod && pods.some((pod) => selects(one, pod)),
  );
  const chains = [
    ...serviceMonitors.flatMap((one) => follow(scene, 'ServiceMonitor', one)),
    ...podMonitors.flatMap((one) => follow(scene, 'PodMonitor', one)),
  ];
  return { subject, chains: chains.length > 0 ? chains : [explainUnselected(scene)] };
}

function follow(scene: Scene, kind: 'ServiceMonitor' | 'PodMonitor', monitor: ServiceMonitor | PodMonitor): Chain[] {
  const { question, facts, views } = scene.input;
  const { namespace = '', name = '' } = monitor.metadata;
  const shared: Omit<MonitorCase, 'view'> = {
    question,
    facts,
    kind,
    monitor,
    name: { kind, namespace, name },
    focus: scene.focus,
    pods: scene.pods,
  };
  return views.flatMap((view) => followMonitor({ ...shared, view }));
}
