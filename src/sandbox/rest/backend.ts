import { formatTime } from '../../base/time.ts';
import type { Clock } from '../../base/clock.ts';
import type { ApiObject } from '../api.ts';
import type { Registry } from '../registry/registry.ts';
import type { Resource } from '../registry/resource.ts';
import type { Random } from '../strategies/strategy.ts';
import type { Store } from '../store/store.ts';

/** What all verbs work on. */
export interface Backend {
  readonly store: Store;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly random: Random;
}

/** Where a request points. `namespace` is "" for cluster-scoped resources and for all namespaces. */
export interface Target {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
}

/** Facts about a JSON text that its value does not show. */
export interface BodyFacts {
  /** Paths of members that occur twice. */
  readonly duplicates: readonly string[];
  /** Where a path stands in the text. */
  readonly positionOf: (path: string) => number;
}

export interface WriteContext {
  readonly fieldManager: string;
  readonly dryRun: boolean;
  readonly fieldValidation: 'Strict' | 'Warn' | 'Ignore';
  /** What reading the body found; absent for calls from inside. */
  readonly body?: BodyFacts;
  /** Texts for Warning headers are added here. */
  readonly warnings: string[];
  readonly subresource: string;
}

/** Seconds only, as metav1.Time has them. */
export function renderTime(clock: Pick<Clock, 'now'>): string {
  return formatTime(clock.now());
}

/** A stored object in the version of `resource`. */
export function toVersion(object: ApiObject, resource: Resource): ApiObject {
  if (resource.conversion !== undefined) return resource.conversion.fromStorage(object);
  const apiVersion = groupVersionOf(resource);
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}

export function toStorage(object: ApiObject, resource: Resource, registry: Registry): ApiObject {
  if (resource.conversion !== undefined) return resource.conversion.toStorage(object);
  if (resource.storage) return object;
  const stored = registry.resolve(resource.group, resource.plural);
  return stored === undefined ? object : { ...object, apiVersion: groupVersionOf(stored) };
}

export function groupVersionOf({ group, version }: Pick<Resource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}
