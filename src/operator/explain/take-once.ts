import type { ResourceType } from '../../api/meta.ts';
import type { ObjectsAnswer } from '../../core/explain/questions.ts';
import { createLister } from '../../core/manifests/sources.ts';
import type { Gatherer } from './answer.ts';

/** As they are now: caches go on. */
const takeObjects = ({ found, refusals }: ObjectsAnswer): ObjectsAnswer => ({
  ...{ found: createLister(found.list()), refusals },
});

/** The same answers, where objects of a type are taken the first time they are asked for, and stay as they were. */
export function takeOnce({ objects, ...gatherer }: Gatherer): Gatherer {
  const taken = new Map<string, Promise<ObjectsAnswer>>();
  const take = (type: ResourceType): Promise<ObjectsAnswer> => {
    const known = taken.get(type.plural);
    const answer = known ?? objects(type).then(takeObjects);
    taken.set(type.plural, answer);
    return answer;
  };
  return { objects: take, ...gatherer };
}
