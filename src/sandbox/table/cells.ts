/** What cells of the built-in tables show (kubernetes, pkg/printers). */
import type { Clock } from '../../base/clock.ts';
import type { ApiObject } from '../api.ts';
import { objectAt, objectsAt, textAt } from '../strategies/read-json.ts';
import type { Column } from './column.ts';

const ages: readonly [number, (seconds: number) => string][] = [
  [0, () => '<invalid>'],
  [120, (s) => `${s}s`],
  [600, (s) => two(Math.floor(s / 60), 'm', s % 60, 's')],
  [3 * 3600, (s) => `${Math.floor(s / 60)}m`],
  [8 * 3600, (s) => two(Math.floor(s / 3600), 'h', Math.floor(s / 60) % 60, 'm')],
  [48 * 3600, (s) => `${Math.floor(s / 3600)}h`],
  [192 * 3600, (s) => two(Math.floor(s / 86_400), 'd', Math.floor(s / 3600) % 24, 'h')],
  [2 * 365 * 86_400, (s) => `${Math.floor(s / 86_400)}d`],
  [8 * 365 * 86_400, (s) => two(Math.floor(s / 31_536_000), 'y', Math.floor(s / 86_400) % 365, 'd')],
];

const two = (...[large, unit, small, rest]: [number, string, number, string]): string =>
  small === 0 ? `${large}${unit}` : `${large}${unit}${small}${rest}`;

/** "5m10s", "3h", "2d4h": how long ago `time` was; <unknown> when it is absent. */
export function renderAge(time: string | undefined, clock: Pick<Clock, 'now'>): string {
  if (time === undefined || time === '') return '<unknown>';
  const seconds = Math.floor((clock.now() - Date.parse(time)) / 1000);
  const form = ages.find(([below]) => seconds < below)?.[1];
  return form === undefined ? `${Math.floor(seconds / 31_536_000)}y` : form(seconds);
}

/** name and Age stand around the columns of nearly every kind. */
export const nameColumn: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name must be unique within a namespace.',
  value: (object) => object.metadata.name ?? '',
};

export const ageColumn: Column = {
  name: 'Age',
  type: 'string',
  description: 'Time since the object was created.',
  value: (object, clock) => renderAge(object.metadata.creationTimestamp, clock),
};

export const text = (name: string, value: Column['value']): Column => ({ name, type: 'string', value });
export const count = (name: string, value: Column['value']): Column => ({ name, type: 'integer', value });
/** The same column, shown with -o wide only. */
export const wide = (column: Column): Column => ({ ...column, priority: 1 });

export const podSpecOf = (object: ApiObject) => objectAt(objectAt(objectAt(object, 'spec'), 'template'), 'spec');
export const containerNames = (object: ApiObject): string =>
  objectsAt(podSpecOf(object), 'containers')
    .map((one) => textAt(one, 'name'))
    .join(',');
export const containerImages = (object: ApiObject): string =>
  objectsAt(podSpecOf(object), 'containers')
    .map((one) => textAt(one, 'image'))
    .join(',');

/** A label selector as text: "a=b,c in (d,e)". */
export function renderSelector(selector: Record<string, unknown>): string {
  const labels = Object.entries(objectAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${String(value)}`);
  const rules = objectsAt(selector, 'matchExpressions').map((rule) => {
    const values = Array.isArray(rule.values) ? `(${rule.values.join(',')})` : '';
    const key = textAt(rule, 'key');
    const forms: Record<string, string> = { In: `${key} in ${values}`, NotIn: `${key} notin ${values}`, Exists: key };
    return forms[textAt(rule, 'operator')] ?? `!${key}`;
  });
  return [...labels.sort(), ...rules].join(',') || '<none>';
}

export const orNone = (value: string): string => (value === '' ? '<none>' : value);
