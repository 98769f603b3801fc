/** Binds every PersistentVolumeClaim to storage that does not exist, so that the Pods that mount it can start. */
import { keyOf, splitKey } from '../../../api/meta.ts';
import type { ApiObject } from '../../api.ts';
import type { ControllerContext, Running } from '../context.ts';
import { startController } from '../context.ts';
import { isTerminating } from '../owners.ts';
import { claims, read } from '../resources.ts';

export function startVolumeBinder(context: ControllerContext): Running {
  const { api } = context;
  return startController(context, {
    name: 'volume-binder',
    observe: (watch, queue) => watch(claims, (claim) => queue.add(keyOf(claim))),
    sync: (key) => {
      const claim = read(api, claims, splitKey(key));
      if (claim === undefined || claim.status?.phase === 'Bound' || isTerminating(claim)) return;
      const { accessModes = [], resources } = claim.spec;
      const capacity = resources?.requests ?? {};
      api.updateStatus(claims, { ...claim, status: { phase: 'Bound', accessModes, capacity } } as ApiObject);
    },
  });
}
