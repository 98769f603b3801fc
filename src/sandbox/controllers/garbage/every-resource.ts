/** Watches all resources at once, following CustomResourceDefinitions as they come and go. */
import type { ResourceType } from '../../../api/meta.ts';
import type { ApiObject } from '../../api.ts';
import type { ControllerContext, Running } from '../context.ts';
import { KeyQueue } from '../key-queue.ts';

const definitions = { group: 'apiextensions.k8s.io', plural: 'customresourcedefinitions' };
/** Events are the one resource with many objects that never have owners or dependents. */
const isIgnored = ({ group, plural }: ResourceType): boolean =>
  plural === 'events' && (group === '' || group === 'events.k8s.io');

export function watchEveryResource(
  context: ControllerContext,
  handler: (resource: ResourceType, object: ApiObject, gone: boolean) => void,
): Running {
  const { api, clock, onError } = context;
  const watches = new Map<string, Running>();
  const refresh = (): void => {
    const served = new Map(api.resources().map((type) => [`${type.plural}.${type.group}`, type]));
    for (const [key, running] of watches) {
      if (served.has(key)) continue;
      running.stop();
      watches.delete(key);
    }
    for (const [key, type] of served) {
      if (watches.has(key) || isIgnored(type)) continue;
      const handle = api.watch(type, {}, (event) => {
        if (event.type !== 'BOOKMARK') handler(type, event.object, event.type === 'DELETED');
      });
      watches.set(key, handle);
    }
  };
  const queue = new KeyQueue(clock, refresh, (error) => onError('every-resource', error));
  refresh();
  const following = api.watch(definitions, {}, () => queue.add('resources'));
  return {
    stop: () => {
      following.stop();
      queue.stop();
      for (const running of watches.values()) running.stop();
    },
  };
}
