import type { SecretKeySelector } from '../../../../api/parts/references.ts';
import { YamlError, parseYamlVerbatim } from '../../../../base/yaml.ts';
import { RawScalar } from '../../../../base/yaml-writer.ts';
import type { YamlFields, YamlValue } from '../../../../base/yaml-writer.ts';
import { referTo } from '../../../field-checks/check-scope.ts';
import { InvalidFieldError } from '../../../findings.ts';
import type { ScrapeContext } from './scrape-context.ts';

import { listRules } from './relabel-rules.ts';
import type { RenderScope } from './render-scope.ts';

function refuse(field: string, message: string): never {
  throw new InvalidFieldError({ reason: 'InvalidAdditionalConfig', field, message });
}

const isFields = (value: YamlValue): value is YamlFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RawScalar);

function readList(text: string, field: string): readonly YamlFields[] {
  let document: YamlValue;
  try {
    document = parseYamlVerbatim(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    refuse(field, `Cannot parse the YAML that it refers to: ${error.message}`);
  }
  if (document === null) return [];
  if (!Array.isArray(document) || !document.every(isFields))
    refuse(field, 'Cannot use what it refers to: want a list of maps');
  return document;
}

/**
 * The list of maps in the key that a field of the workload refers to, its scalars as they were written; undefined when
 * the field is not set, or is `optional` and finds nothing.
 * @param field name of the field in `spec`.
 * @throws {InvalidFieldError} when the key is missing or holds something else.
 */
export function readAdditional(
  selector: SecretKeySelector | undefined,
  field: string,
  scope: RenderScope,
): readonly YamlFields[] | undefined {
  if (selector === undefined) return undefined;
  const reference = referTo('Secret', selector, scope.namespace);
  const missing = scope.assets.explainMissing(reference, `spec.${field}`);
  if (missing === undefined) return readList(scope.assets.readText(reference) ?? '', `spec.${field}`);
  if (selector.optional === true) return undefined;
  throw new InvalidFieldError(missing);
}

const field = 'additionalScrapeConfigs';

function readRules(job: YamlFields): readonly YamlFields[] {
  const rules = job['relabel_configs'] ?? [];
  if (Array.isArray(rules) && rules.every(isFields)) return rules;
  const name = typeof job['job_name'] === 'string' ? job['job_name'] : '';
  return refuse(`spec.${field}`, `Cannot divide job "${name}" among shards: its relabel_configs are no list of maps`);
}

/** Jobs of users are divided among shards too, unless they do it themselves (docs/reference/rendering.md 2.7). */
function divideJob(job: YamlFields, context: ScrapeContext): YamlFields {
  const rules = readRules(job);
  const { relabel_configs: _moved, ...rest } = job;
  const divided = rules.some((rule) => rule['action'] === 'hashmod');
  return {
    ...rest,
    relabel_configs: divided ? rules : [...rules, ...listRules(context.shardingRules.__address__)],
  };
}

/** The jobs of `spec.additionalScrapeConfigs`. */
export function renderAdditionalJobs(
  selector: SecretKeySelector | undefined,
  context: ScrapeContext,
  scope: RenderScope,
): readonly YamlFields[] {
  const jobs = readAdditional(selector, field, scope) ?? [];
  const whole = context.sharding.shards === 1 || context.daemonSet;
  return whole ? jobs : jobs.map((job) => divideJob(job, context));
}
