import { customKinds } from '../../api/kinds.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { joinPath } from '../../api/validation/violation.ts';
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { explainUnreadable } from './discovered-shapes.ts';

const assetTables = ['data', 'stringData', 'binaryData'];

/**
 * Why an object of a manifest cannot take the place of one from a cluster: an API server could not even decode it. What its
 * schema forbids beyond that is for those to judge who read the fields. Undefined when it can be used.
 */
export function explainUnusable(object: KubernetesObject): string | undefined {
  const { kind, apiVersion, metadata, ...fields } = object as unknown as JsonObject;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') return 'apiVersion and kind must be texts';
  const problem = explainMetadata(metadata ?? {});
  if (problem !== undefined) return problem;
  if (apiVersion === 'v1' && (kind === 'Secret' || kind === 'ConfigMap'))
    return firstProblem(assetTables.map((name) => explainTexts(fields[name], name)));
  const unreadable = explainUnreadable(`${apiVersion}/${kind}`, fields);
  if (unreadable !== undefined) return unreadable;
  const isOurs = customKinds.some(({ type }) => type.kind === kind && apiVersion.startsWith(`${type.group}/`));
  return isOurs && !isJsonObject(fields.spec) ? 'spec must be a mapping' : undefined;
}

function explainMetadata(metadata: unknown): string | undefined {
  if (!isJsonObject(metadata)) return 'metadata must be a mapping';
  const isText = (name: string): boolean => (metadata[name] ?? undefined) === undefined || typeof metadata[name] === 'string';
  const wrong = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion'].find((name) => !isText(name));
  if (wrong !== undefined) return `metadata.${wrong} must be a text`;
  return firstProblem(['labels', 'annotations'].map((name) => explainTexts(metadata[name], `metadata.${name}`)));
}

function explainTexts(table: unknown, field: string): string | undefined {
  if (table === undefined || table === null) return undefined;
  if (!isJsonObject(table)) return `${field} must be a mapping`;
  const wrong = Object.keys(table).find((key) => typeof table[key] !== 'string');
  return wrong === undefined ? undefined : `${joinPath(field, wrong)} must be a text`;
}

const firstProblem = (problems: readonly (string | undefined)[]): string | undefined =>
  problems.find((one) => one !== undefined);
