import { customKinds } from '../../api/kinds.ts';
import type { CustomKind } from '../../api/crd.ts';
import { apiVersionOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { monitoringGroup } from '../../api/resource.ts';
import type { SchemaName, Validator } from '../../api/validate.ts';
import { nearestName } from '../../api/validation/nearest.ts';
import type { Violation } from '../../api/validation/violation.ts';
import { explainOutOfBounds } from '../object-bounds.ts';
import { checkAssetShape } from './asset-shape.ts';
import type { ClusterSchemas } from './cluster-schemas.ts';
import type { Finding } from './finding.ts';
import { toFinding } from './finding.ts';

export interface StructureTools {
  readonly validator: Validator;
  /** What the CRDs of a cluster know, when they are given. */
  readonly cluster?: ClusterSchemas;
}

/** The resource that an object says it is, if it is one of ours. */
export function nameType({ apiVersion = '', kind = '' }: KubernetesObject): SchemaName | undefined {
  const [group, version = ''] = apiVersion.split('/');
  return group === monitoringGroup ? { kind, version } : undefined;
}

/**
 * What the API server says of an object, and the fields that should not be used any more. What is unknown to the CRDs of
 * the cluster but not to us, or the other way round, is a warning.
 */
export function checkStructure(object: KubernetesObject, { validator, cluster }: StructureTools): Finding[] {
  const type = nameType(object);
  if (type === undefined) return checkAssetShape(object);
  if (!validator.knows(type)) return [explainUnknownType(type)];
  const unbounded = Object.values(object)
    .map(explainOutOfBounds)
    .find((one) => one !== undefined);
  if (unbounded !== undefined) return [toFinding(unbounded)];
  const dropped = cluster?.listDropped(type, object);
  const violations = validator.validate(type, object);
  const deprecated = validator.listDeprecated(type, object).map(({ path, message }): Finding => ({
    severity: 'warning',
    reason: 'DeprecatedField',
    path,
    part: 'name',
    message: `Deprecated field: ${message}`,
  }));
  const known = new Set(violations.map(({ path }) => path));
  return [
    ...violations.map((violation) => describeViolation(violation, dropped?.paths)),
    ...deprecated,
    ...(dropped?.findings ?? []).filter(({ path }) => !known.has(path)),
  ];
}

function describeViolation(violation: Violation, dropped: ReadonlySet<string> | undefined): Finding {
  const { reason, path, message } = violation;
  if (reason !== 'UnknownField') return { severity: 'error', reason, path, part: 'value', message };
  if (dropped === undefined || dropped.has(path)) return { severity: 'error', reason, path, part: 'name', message };
  const text = 'Unknown field to this version of Stoker, though the CRD has it: it has no effect';
  return { severity: 'warning', reason: 'FieldTooNew', path, part: 'name', message: text };
}

function explainUnknownType({ kind, version }: SchemaName): Finding {
  const finding = { severity: 'error', reason: 'UnknownType', part: 'value' } as const;
  const known = customKinds.find(({ type }) => type.kind === kind);
  if (known !== undefined) {
    const versions = known.versions.map((one) => `"${nameVersion(known, one.version)}"`).join(' or ');
    const message = `Unknown version "${version}" of ${kind}: want ${versions}`;
    return { ...finding, path: 'apiVersion', message };
  }
  const names = customKinds.map(({ type }) => type.kind);
  const nearest = nearestName(kind, names);
  const hint = nearest === undefined ? `known are ${names.join(', ')}` : `did you mean "${nearest}"?`;
  return { ...finding, path: 'kind', message: `Unknown kind "${kind}": ${hint}` };
}

const nameVersion = ({ type }: CustomKind, version: string): string => apiVersionOf({ ...type, version });
