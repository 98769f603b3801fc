/** Query parameters of writes, and DeleteOptions. */
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { PropagationPolicy } from '../api.ts';
import type { BodyFacts, WriteContext } from '../rest/backend.ts';
import type { DeleteOptions } from '../rest/delete.ts';
import { invalidObject, notSupported } from '../strategies/field-error.ts';
import type { FieldError } from '../strategies/field-error.ts';
import { objectAt } from '../strategies/read-json.ts';

const validations = ['Ignore', 'Warn', 'Strict'] as const;

/** @throws {StatusError} 422 for values that do not exist; `kind` is CreateOptions, UpdateOptions or PatchOptions. */
export function parseWriteContext(
  query: URLSearchParams,
  facts: { kind: string; subresource: string; userAgent: string; body: BodyFacts },
): WriteContext {
  const errors = checkDryRun(query.getAll('dryRun'));
  const given = query.get('fieldValidation') ?? '';
  const validation = validations.find((one) => one === given);
  if (given !== '' && validation === undefined)
    errors.push(notSupported('fieldValidation', given, ['', ...validations].filter(Boolean)));
  if (errors.length > 0) throw invalidObject({ group: 'meta.k8s.io', kind: facts.kind }, '', errors);
  const explicit = query.get('fieldManager') ?? '';
  const fromAgent = (facts.userAgent.split('/')[0] ?? '').slice(0, 128) || 'unknown';
  return {
    fieldManager: explicit === '' && facts.kind !== 'ApplyOptions' ? fromAgent : explicit,
    dryRun: query.getAll('dryRun').includes('All'),
    fieldValidation: validation ?? 'Warn',
    warnings: [],
    subresource: facts.subresource,
    body: facts.body,
  };
}

function checkDryRun(values: readonly string[]): FieldError[] {
  const wrong = values.filter((value) => value !== 'All' && value !== '');
  return wrong.length === 0 ? [] : [notSupported('dryRun', values, ['All'])];
}

const policies: readonly string[] = ['Foreground', 'Background', 'Orphan'];

/** From the body, or from the query when there is none. */
export function parseDeleteOptions(query: URLSearchParams, body: unknown): DeleteOptions {
  const given: JsonObject = isJsonObject(body) ? body : fromQuery(query);
  const dryRun = [...(Array.isArray(given.dryRun) ? (given.dryRun as string[]) : []), ...query.getAll('dryRun')];
  const errors = checkDryRun(dryRun);
  const policy = policyOf(given, query);
  if (policy !== undefined && !policies.includes(policy))
    errors.push(notSupported('propagationPolicy', policy, policies));
  if (errors.length > 0) throw invalidObject({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', errors);
  const { gracePeriodSeconds } = given;
  const { uid, resourceVersion } = objectAt(given, 'preconditions');
  const preconditions = {
    ...(typeof uid === 'string' ? { uid } : {}),
    ...(typeof resourceVersion === 'string' ? { resourceVersion } : {}),
  };
  return {
    ...(policy === undefined ? {} : { propagationPolicy: policy as PropagationPolicy }),
    ...(typeof gracePeriodSeconds === 'number' ? { gracePeriodSeconds } : {}),
    ...(Object.keys(preconditions).length === 0 ? {} : { preconditions }),
    dryRun: dryRun.includes('All'),
  };
}

function fromQuery(query: URLSearchParams): JsonObject {
  const seconds = query.get('gracePeriodSeconds');
  return seconds === null || seconds === '' ? {} : { gracePeriodSeconds: Number(seconds) };
}

function policyOf(given: JsonObject, query: URLSearchParams): string | undefined {
  const policy = given.propagationPolicy ?? query.get('propagationPolicy') ?? undefined;
  if (typeof policy === 'string' && policy !== '') return policy;
  const orphan = given.orphanDependents ?? query.get('orphanDependents') ?? undefined;
  if (orphan === undefined) return undefined;
  return orphan === true || orphan === 'true' ? 'Orphan' : 'Background';
}
