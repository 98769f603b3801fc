/** What the query of a list or watch may say, checked as the real server checks it. */
import { forbiddenField, invalid, invalidObject, notSupported } from '../strategies/field-error.ts';
import type { FieldError } from '../strategies/field-error.ts';
import { badRequest } from '../status-error.ts';

export interface ListQuery {
  readonly labelSelector: string;
  readonly fieldSelector: string;
  readonly limit: number;
  readonly continueToken: string;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
  readonly sendInitialEvents: boolean | undefined;
  readonly allowWatchBookmarks: boolean;
  readonly timeoutSeconds: number | undefined;
}

/** @throws {StatusError} 400 or 422. */
export function parseListQuery(query: URLSearchParams, watch: boolean): ListQuery {
  const text = (name: string): string => query.get(name) ?? '';
  const initial = query.get('sendInitialEvents');
  const parsed: ListQuery = {
    labelSelector: text('labelSelector'),
    fieldSelector: text('fieldSelector'),
    limit: number(query, 'limit') ?? 0,
    continueToken: text('continue'),
    resourceVersion: text('resourceVersion'),
    resourceVersionMatch: text('resourceVersionMatch'),
    sendInitialEvents: initial === null ? undefined : isTrue(initial),
    allowWatchBookmarks: isTrue(query.get('allowWatchBookmarks')),
    timeoutSeconds: number(query, 'timeoutSeconds'),
  };
  const errors = watch ? checkWatch(parsed) : checkList(parsed);
  if (errors.length > 0) throw invalidObject({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', errors);
  if (parsed.continueToken !== '' && !['', '0'].includes(parsed.resourceVersion)) {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  return parsed;
}

export function isTrue(value: string | null): boolean {
  return value !== null && ['', '1', 't', 'true'].includes(value.toLowerCase());
}

function number(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const value = Number(text);
  if (Number.isInteger(value)) return value;
  throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
}

const matchField = 'resourceVersionMatch';

function checkList({
  resourceVersion,
  resourceVersionMatch,
  continueToken,
  sendInitialEvents,
}: ListQuery): FieldError[] {
  const errors: FieldError[] = [];
  if (sendInitialEvents !== undefined)
    errors.push(forbiddenField('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  if (resourceVersionMatch === '') return errors;
  if (resourceVersion === '')
    errors.push(forbiddenField(matchField, 'resourceVersionMatch is forbidden unless resourceVersion is provided'));
  if (continueToken !== '')
    errors.push(forbiddenField(matchField, 'resourceVersionMatch is forbidden when continue is provided'));
  if (!['Exact', 'NotOlderThan'].includes(resourceVersionMatch)) {
    errors.push(notSupported(matchField, resourceVersionMatch, ['Exact', 'NotOlderThan', '']));
  }
  if (resourceVersionMatch === 'Exact' && resourceVersion === '0') {
    errors.push(forbiddenField(matchField, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'));
  }
  return errors;
}

function checkWatch({ resourceVersionMatch, sendInitialEvents, continueToken }: ListQuery): FieldError[] {
  const errors: FieldError[] = [];
  if (continueToken !== '') errors.push(invalid('continue', continueToken, 'continue is forbidden for watch'));
  if (sendInitialEvents === undefined) {
    if (resourceVersionMatch === '') return errors;
    return [
      ...errors,
      forbiddenField(matchField, 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'),
    ];
  }
  if (resourceVersionMatch === '') {
    errors.push(forbiddenField(matchField, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'));
  } else if (resourceVersionMatch !== 'NotOlderThan') {
    errors.push(notSupported(matchField, resourceVersionMatch, ['NotOlderThan']));
  }
  return errors;
}
