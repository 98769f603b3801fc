/** Puts Pods on Nodes: the fitting one with the fewest Pods, the first by name among equals. */
import { keyOf, splitKey } from '../../../api/meta.ts';
import type { ControllerContext, Running } from '../context.ts';
import { startController } from '../context.ts';
import { EventRecorder } from '../event-recorder.ts';
import { isTerminating } from '../owners.ts';
import { isFinished } from '../pod-state.ts';
import { isScheduled, requiredNodeOf } from '../pod-node.ts';
import { nameOf, nodes, pods, read, readAll } from '../resources.ts';
import type { Node, Pod } from '../shapes.ts';
import { scheduleRetryMs } from '../../limits.ts';

export function startScheduler(context: ControllerContext): Running {
  const { api, clock } = context;
  const events = new EventRecorder(api, clock, 'default-scheduler');
  return startController(context, {
    name: 'scheduler',
    observe: (watch, queue) =>
      watch(pods, (pod, gone) => {
        if (!gone && !isScheduled(pod)) queue.add(keyOf(pod));
      }),
    sync: (key, queue) => {
      const pod = read(api, pods, splitKey(key));
      if (pod === undefined || isScheduled(pod) || isTerminating(pod) || isFinished(pod)) return;
      const node = chooseNode(pod, readAll(api, nodes), readAll(api, pods));
      if (node === undefined) {
        const message = 'No node has the labels that nodeSelector or nodeAffinity want';
        events.record(pod, { type: 'Warning', reason: 'FailedScheduling', message });
        queue.addAfter(key, scheduleRetryMs);
        return;
      }
      api.bind(nameOf(pod), node.metadata.name ?? '');
    },
  });
}

function chooseNode(pod: Pod, all: readonly Node[], others: readonly Pod[]): Node | undefined {
  const load = new Map<string, number>();
  for (const { spec } of others) load.set(spec.nodeName ?? '', (load.get(spec.nodeName ?? '') ?? 0) + 1);
  const loadOf = ({ metadata }: Node): number => load.get(metadata.name ?? '') ?? 0;
  const fitting = all.filter((node) => isFitting(pod, node));
  return fitting.sort((one, other) => loadOf(one) - loadOf(other))[0];
}

/** Looks at nodeSelector and at the required node of a DaemonSet's Pod. */
function isFitting(pod: Pod, { metadata }: Node): boolean {
  const labels = metadata.labels ?? {};
  const selected = Object.entries(pod.spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value);
  const required = requiredNodeOf(pod);
  return selected && (required === undefined || required === metadata.name);
}
