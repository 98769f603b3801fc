/** Events are stored as core/v1 and served as events.k8s.io/v1 too: the same object under other field names. */
import type { ApiObject } from '../api.ts';
import type { Conversion } from './resource.ts';

/** core/v1 name, events.k8s.io/v1 name. */
const names: readonly [string, string][] = [
  ['message', 'note'],
  ['involvedObject', 'regarding'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
];
const toCore = new Map(names.map(([core, other]) => [other, core]));
const fromCore = new Map(names);

function rename(object: ApiObject, map: ReadonlyMap<string, string>, apiVersion: string): ApiObject {
  const entries = Object.entries(object).map(([key, value]) => [map.get(key) ?? key, value] as const);
  return { ...(Object.fromEntries(entries) as ApiObject), apiVersion };
}

export const eventConversion: Conversion = {
  toStorage: (object) => rename(object, toCore, 'v1'),
  fromStorage: (object) => rename(object, fromCore, 'events.k8s.io/v1'),
};
