/** The scale subresource: a view of the replica counts of an object. */
import { cloneJson, isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import type { Resource, ScalePaths } from '../registry/resource.ts';
import { conform } from '../schema/conform.ts';
import { invalid, invalidObject } from '../strategies/field-error.ts';
import { objectAt, textAt } from '../strategies/read-json.ts';
import { badRequest, notFound, unknownPath } from '../status-error.ts';
import { renderSelector } from '../table/cells.ts';
import type { Backend, Target, WriteContext } from './backend.ts';
import { readCurrent, replaceObject } from './update.ts';

export function readScale(backend: Backend, target: Target): ApiObject {
  const { resource, name } = target;
  if (resource.scale === undefined) throw unknownPath();
  const object = readCurrent(backend, target);
  if (object === undefined) throw notFound(resource, name);
  return renderScale(object, resource, resource.scale);
}

function renderScale(object: ApiObject, resource: Resource, paths: ScalePaths): ApiObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const replicas = numberOf(readPath(object, paths.specReplicasPath));
  const selector = readSelector(object, paths);
  const metadata = { name, ...(resource.namespaced ? { namespace } : {}), uid, resourceVersion, creationTimestamp };
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: metadata as ApiObject['metadata'],
    spec: replicas === 0 ? {} : { replicas },
    status: {
      replicas: numberOf(readPath(object, paths.statusReplicasPath)),
      ...(selector === '' ? {} : { selector }),
    },
  };
}

function readSelector(object: ApiObject, { labelSelectorPath }: ScalePaths): string {
  const selector = labelSelectorPath === undefined ? undefined : readPath(object, labelSelectorPath);
  if (isJsonObject(selector)) return renderSelector(selector);
  return typeof selector === 'string' ? selector : '';
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Writes spec.replicas of a Scale to where the object keeps its own. */
export function updateScale(backend: Backend, target: Target, body: unknown, context: WriteContext): ApiObject {
  const { resource, name } = target;
  const { scale } = resource;
  if (scale === undefined) throw unknownPath();
  const old = readCurrent(backend, target);
  if (old === undefined) throw notFound(resource, name);
  if (!isJsonObject(body)) throw badRequest('The body is no Scale');
  const { object: wanted } = conform(body, backend.registry.type('Scale'));
  const { name: given, resourceVersion } = objectAt(wanted, 'metadata');
  if (given !== undefined && given !== name) {
    throw badRequest(
      `the name of the object (${textAt(objectAt(wanted, 'metadata'), 'name')}) does not match the name on the URL (${name})`,
    );
  }
  const replicas = numberOf(objectAt(wanted, 'spec').replicas);
  if (replicas < 0) {
    const error = invalid('spec.replicas', replicas, 'must be greater than or equal to 0');
    throw invalidObject({ group: 'autoscaling', kind: 'Scale' }, name, [error]);
  }
  const object = cloneJson(old);
  writePath(object, scale.specReplicasPath, replicas);
  object.metadata.resourceVersion =
    typeof resourceVersion === 'string' ? resourceVersion : (old.metadata.resourceVersion ?? '');
  const stored = replaceObject(backend, target, { object, old }, { ...context, subresource: '' });
  return renderScale(stored, resource, scale);
}

const stepsOf = (path: string): string[] => path.split('.').filter((step) => step !== '');

function readPath(object: JsonObject, path: string): unknown {
  return stepsOf(path).reduce<unknown>((value, step) => (isJsonObject(value) ? value[step] : undefined), object);
}

function writePath(object: JsonObject, path: string, value: unknown): void {
  const steps = stepsOf(path);
  const last = steps.pop() ?? '';
  let holder = object;
  for (const step of steps) {
    const inner = holder[step];
    const next = isJsonObject(inner) ? inner : {};
    holder[step] = next;
    holder = next;
  }
  holder[last] = value;
}
