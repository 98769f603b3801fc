import type { ConfigMapKeySelector, SecretKeySelector, SecretOrConfigMap } from '../../api/parts/references.ts';
import type { Version } from '../../base/version.ts';
import type { KeyReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import type { Rejection } from '../rejection.ts';
import type { RegexpCache } from '../relabel/regexp-cache.ts';
import type { Findings } from '../findings.ts';

/** What the checks of one object look at besides the object. */
export interface CheckScope {
  readonly assets: AssetStore;
  /** Where the keys are that the object refers to. */
  readonly namespace: string;
  /** Of the Prometheus that will read the configuration. */
  readonly version: Version;
  readonly regexps: RegexpCache;
}

/** The reference that a key selector makes. */
export function referTo(kind: KeyReference['kind'], selector: SecretKeySelector, namespace: string): KeyReference {
  return { kind, namespace, name: selector.name ?? '', key: selector.key };
}

/** The reference of a field that takes either; undefined when it is empty. */
export function referToEither(either: SecretOrConfigMap | undefined, namespace: string): KeyReference | undefined {
  if (either?.secret !== undefined) return referTo('Secret', either.secret, namespace);
  return either?.configMap === undefined ? undefined : referTo('ConfigMap', either.configMap, namespace);
}

function* checkReference(reference: KeyReference, field: string, scope: CheckScope): Findings {
  const missing = scope.assets.explainMissing(reference, field);
  if (missing !== undefined) yield missing;
}

/** The Secret and its key must be there, also when the selector is empty. Undefined is no reference. */
export function* checkSecretKey(selector: SecretKeySelector | undefined, field: string, scope: CheckScope): Findings {
  if (selector !== undefined) yield* checkReference(referTo('Secret', selector, scope.namespace), field, scope);
}

function* checkConfigMapKey(selector: ConfigMapKeySelector | undefined, field: string, scope: CheckScope): Findings {
  if (selector !== undefined) yield* checkReference(referTo('ConfigMap', selector, scope.namespace), field, scope);
}

/** At most one of the two, and it must be there. `reason` is that of the block around it. */
export function* checkSecretOrConfigMap(either: SecretOrConfigMap | undefined, at: Place, scope: CheckScope): Findings {
  if (either?.secret !== undefined && either.configMap !== undefined)
    yield reject(at, 'Cannot use both "secret" and "configMap": set one of them');
  yield* checkSecretKey(either?.secret, `${at.field}.secret`, scope);
  yield* checkConfigMapKey(either?.configMap, `${at.field}.configMap`, scope);
}

/** A field and the reason code of what may be wrong with it. */
export interface Place {
  readonly field: string;
  readonly reason: Rejection['reason'];
}

export function reject({ field, reason }: Place, message: string): Rejection {
  return { reason, field, message };
}

/** The rejection of a name of a label that Prometheus would not take. `field`: of the labels. */
export function rejectLabelName(field: string, found: string): Rejection {
  const message = `Cannot use label "${found}": it is no valid label name`;
  return { reason: 'InvalidLabelName', field, message, operands: { found } };
}
