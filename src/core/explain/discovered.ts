import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { nearestName } from '../../api/validation/nearest.ts';
import { followAll } from './follow-scene.ts';
import type { ObjectName } from './model.ts';
import { SubjectNotFoundError } from './not-found.ts';
import { openPod, openService } from './scene.ts';
import type { DiscoveredFindings, DiscoveredInput } from './scene.ts';
import { explainTarget } from './target-subject.ts';

/** Follows every monitor that selects what was asked about. @throws {SubjectNotFoundError} */
export function explainDiscovered(input: DiscoveredInput): DiscoveredFindings {
  const { subject } = input.question;
  switch (subject.kind) {
    case 'Target':
      return explainTarget(input, subject.url);
    case 'Pod':
      return followAll(openPod(input, findObject(input.facts.cluster.pod, subject)));
    case 'Service':
      return followAll(openService(input, findObject(input.facts.cluster.service, subject)));
    default:
      throw new RangeError(`${subject.kind} is no discovered object`);
  }
}

interface Finder<T> {
  get(namespace: string, name: string): T | undefined;
  list(): readonly T[];
}

function findObject<T extends KubernetesObject>(objects: Finder<T>, subject: ObjectName): T {
  const found = objects.get(subject.namespace, subject.name);
  if (found !== undefined) return found;
  throw SubjectNotFoundError.of(subject, objects.list().map(keyOf), nearestName);
}
