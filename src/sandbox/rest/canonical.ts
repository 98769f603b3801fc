import type { ApiObject } from '../api.ts';
import type { Resource } from '../registry/resource.ts';
import { conform } from '../schema/conform.ts';
import type { StrategyContext } from '../strategies/strategy.ts';
import type { Backend } from './backend.ts';

/** Once more through the types: what defaulting added gets the form that Go's encoding gives it. */
export function applyCanonicalForm(object: ApiObject, resource: Resource): ApiObject {
  if (resource.custom) return object;
  const { apiVersion, kind } = object;
  const { object: formed } = conform(object, resource.schema);
  return { ...formed, kind, apiVersion } as ApiObject;
}

export function strategyContext({ clock, random, store }: Backend): StrategyContext {
  return { clock, random, list: (collection) => store.list(collection).items };
}
