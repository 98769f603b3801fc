import { nearestName } from '../../../api/validation/nearest.ts';
import { parseDuration } from '../../../base/durations.ts';
import { collectMonitorReferences } from '../../assets/plans.ts';
import type { Rejection } from '../../rejection.ts';
import { firstFinding } from '../../findings.ts';
import { checkMonitor } from '../../select/judge-monitor.ts';
import { scopeToMonitor } from '../../select/monitor-scope.ts';
import type { MonitorCase } from '../case.ts';
import { makeStep, plural } from '../case.ts';
import { isAboutUnread } from '../facts.ts';
import { readField } from '../fields.ts';
import { advise, asGuess, removeField, setField } from '../fixes.ts';
import type { Fix, Step } from '../model.ts';
import { readPath, showObject } from '../model.ts';
import { isOnlyNear } from '../near.ts';

/** Whether the operator accepts the monitor: the same checks, the first finding. */
export function judgeValidity(one: MonitorCase): Step {
  const { view, kind, monitor, name } = one;
  const scope = scopeToMonitor(monitor, view.context, { assets: view.assets, regexps: view.regexps });
  const rejection = firstFinding(checkMonitor(kind, monitor, scope));
  const references = collectMonitorReferences(kind, monitor);
  if (rejection === undefined) {
    const keys =
      references.length === 0
        ? 'it refers to no Secret or ConfigMap'
        : `${plural(references.length, 'reference')} found`;
    return makeStep('valid', 'pass', {
      reason: 'Valid',
      object: name,
      compared: `${showObject(name)} is accepted`,
      found: keys,
    });
  }
  const verdict = isAboutUnread(one.facts, rejection) ? 'unknown' : 'fail';
  return makeStep('valid', verdict, {
    reason: 'Rejected',
    cause: rejection.reason,
    object: name,
    at: rejection.field,
    compared: `${rejection.field === '' ? showObject(name) : rejection.field} is rejected (${rejection.reason})`,
    found: describeRejection(rejection),
    fixes: proposeEdits(one, rejection),
  });
}

/** A pattern tells people little: those of times are put in words. */
function describeRejection({ message, field, operands = {} }: Rejection): string {
  return timeField.test(field) && operands.pattern !== undefined
    ? `Cannot use "${operands.found ?? ''}": want a time such as 30s, 1m30s or 1h`
    : message;
}

const timeField = /(?:[iI]nterval|[tT]imeout)$/;

type Propose = (one: MonitorCase, rejection: Rejection) => readonly Fix[];

const edits: Readonly<Record<string, Propose>> = {
  KeyNotFound: proposeKey,
  SecretNotFound: proposeSecret,
  ConfigMapNotFound: proposeSecret,
  InvalidScrapeInterval: proposeTimes,
  InvalidValue: proposeTimes,
  UnknownScrapeClass: proposeClass,
  InvalidProberURL: proposeProber,
  FileAccessDenied: ({ name, view }, { field }) => [
    removeField(name, field),
    setField(view.name, 'spec.arbitraryFSAccessThroughSMs.deny', false),
  ],
  InvalidRelabelConfig: proposeRule,
  InvalidLabelName: proposeLabelName,
};

function proposeEdits(one: MonitorCase, rejection: Rejection): readonly Fix[] {
  const proposed = edits[rejection.reason]?.(one, rejection) ?? [];
  const { name } = one;
  return proposed.length > 0 ? proposed : [advise(name, `correct ${rejection.field || 'spec'} of ${showObject(name)}`)];
}

/** Another key of the same object: the nearest name, or the only one. */
function proposeKey({ facts, name, kind, monitor }: MonitorCase, { field }: Rejection): Fix[] {
  const reference = collectMonitorReferences(kind, monitor).find((one) => one.field === field);
  if (reference === undefined) return [];
  const object = facts.findAsset(reference);
  const keys = Object.keys({ ...object?.data, ...object?.binaryData });
  const best = nearestName(reference.key, keys) ?? (keys.length === 1 ? keys[0] : undefined);
  const where = { kind: reference.kind, namespace: reference.namespace, name: reference.name };
  const add = advise(where, `add key "${reference.key}" to ${showObject(where)}`);
  if (best === undefined) return [add];
  return [asGuess(setField(name, `${field}.key`, best), !isOnlyNear(reference.key, best, keys)), add];
}

/** The object of the nearest name in the same namespace, else the order to make one. */
function proposeSecret({ facts, name, kind, monitor }: MonitorCase, { field }: Rejection): Fix[] {
  const reference = collectMonitorReferences(kind, monitor).find((one) => one.field === field);
  if (reference === undefined) return [];
  const objects = facts.listAssets(reference.kind);
  const names = objects.flatMap(({ metadata }) =>
    metadata.namespace === reference.namespace ? [metadata.name ?? ''] : [],
  );
  const where = { kind: reference.kind, namespace: reference.namespace, name: reference.name };
  const elsewhere = objects.find(({ metadata }) => metadata.name === reference.name);
  const create = advise(
    where,
    elsewhere === undefined
      ? `create ${showObject(where)} with key "${reference.key}"`
      : `copy ${reference.kind} ${elsewhere.metadata.namespace ?? ''}/${reference.name} into namespace ${reference.namespace}: references never leave the monitor's namespace`,
  );
  const best = nearestName(reference.name, names);
  if (best === undefined) return [create];
  return [asGuess(setField(name, `${field}.name`, best), !isOnlyNear(reference.name, best, names)), create];
}

const unitWords: readonly (readonly [RegExp, string])[] = [
  [/^ms|^milli/i, 'ms'],
  [/^s/i, 's'],
  [/^m/i, 'm'],
  [/^h/i, 'h'],
  [/^d/i, 'd'],
];

/** "30 seconds" as "30s"; undefined when it is no time in any spelling. */
function respellDuration(text: string): string | undefined {
  const [, number, word = ''] = /^(\d+)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const unit = word === '' ? 's' : unitWords.find(([pattern]) => pattern.test(word))?.[1];
  return unit === undefined ? undefined : `${number}${unit}`;
}

function isDuration(text: string): boolean {
  try {
    return parseDuration(text) > 0;
  } catch {
    return false;
  }
}

/** A time in Prometheus' spelling; a timeout no longer than its interval. */
function proposeTimes({ name, monitor, view }: MonitorCase, { field }: Rejection): Fix[] {
  const value = readField(monitor, field);
  if (typeof value !== 'string' || !timeField.test(field)) return [];
  if (!isDuration(value)) {
    const better = respellDuration(value);
    return better === undefined ? [removeField(name, field)] : [setField(name, field, better)];
  }
  const own = readField(
    monitor,
    field.replace(/scrapeTimeout$/, name.kind === 'ScrapeConfig' ? 'scrapeInterval' : 'interval'),
  );
  const interval = typeof own === 'string' && own !== '' ? own : (view.context.spec.scrapeInterval ?? '30s');
  return [setField(name, field, interval), removeField(name, field)];
}

function proposeClass({ name, view, monitor }: MonitorCase, { field }: Rejection): Fix[] {
  const known = [...view.context.classes.keys()];
  const wanted = String(readField(monitor, field));
  const best = nearestName(wanted, known);
  if (best === undefined) return [removeField(name, field)];
  return [asGuess(setField(name, field, best), !isOnlyNear(wanted, best, known)), removeField(name, field)];
}

function proposeProber({ name, monitor }: MonitorCase, { field }: Rejection): Fix[] {
  const value = String(readField(monitor, field));
  const [, host] = /^[a-z]+:\/\/([^/]+)/i.exec(value) ?? /^([^/]+)\//.exec(value) ?? [];
  return host === undefined ? [] : [setField(name, field, host)];
}

function proposeRule({ name }: MonitorCase, { field }: Rejection): Fix[] {
  const rule = field.replace(/\.[^.\]]+$/, '');
  return [removeField(name, rule), advise(name, `or correct ${field}`)];
}

function proposeLabelName({ name, monitor }: MonitorCase, { field, operands }: Rejection): Fix[] {
  const label = operands?.found;
  const labels = readField(monitor, field);
  if (label === undefined || typeof labels !== 'object' || labels === null) return [];
  const renamed = Object.entries(labels).map(([key, value]: [string, unknown]) => [
    key === label ? key.replaceAll(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_') : key,
    value,
  ]);
  return [setField(name, readPath(field), Object.fromEntries(renamed))];
}
