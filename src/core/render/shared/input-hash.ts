import { hashJson } from '../../../base/hash.ts';
import type { FieldDifference } from './differences.ts';
import type { StatefulSet } from './rendered-objects.ts';
import { normalizeStatefulSet, reviseStatefulSet } from './revision.ts';
import type { Revision } from './revision.ts';

/**
 * The annotation that says what a StatefulSet was made from: a 64-bit hash of the desired object as the API server would
 * store it (so quantities count by value, unlike in the reference) and of the differences that this API server insists on.
 *
 * Normally there are none of those and a change is one write. A server that changes what it is given (an admission
 * webhook, a field it does not know) would be written to forever; so when the answer to a write still differs, the
 * differences go into the hash with one more write, and from then on they are no drift, for this operator and the next.
 */
export const inputHashAnnotation = 'prometheus-operator-input-hash';

const hashPath = `metadata.annotations["${inputHashAnnotation}"]`;

/** The StatefulSet with the annotation set. */
export function withInputHash(statefulSet: StatefulSet, hash: string): StatefulSet {
  const { metadata } = statefulSet;
  return {
    ...statefulSet,
    metadata: { ...metadata, annotations: { ...metadata.annotations, [inputHashAnnotation]: hash } },
  };
}

/** Decimal number. @param insisted what the API server made of the last write. */
function hashInputs(desired: StatefulSet, insisted: readonly FieldDifference[]): string {
  return hashJson({ desired: normalizeStatefulSet(desired), insisted });
}

/** The StatefulSet as it is to be created. */
export function stampStatefulSet(desired: StatefulSet): StatefulSet {
  return withInputHash(desired, hashInputs(desired, []));
}

/** Without the annotation, so that the hash does not count itself. */
function withoutInputHash(statefulSet: StatefulSet): StatefulSet {
  const { [inputHashAnnotation]: _hash, ...annotations } = statefulSet.metadata.annotations ?? {};
  return { ...statefulSet, metadata: { ...statefulSet.metadata, annotations } };
}

function readInputHash(statefulSet: StatefulSet): string | undefined {
  return statefulSet.metadata.annotations?.[inputHashAnnotation];
}

/**
 * What to do about a live StatefulSet (docs/reference/operator-runtime.md 3.6). No differences: nothing. A hash from elsewhere, as
 * at take-over from the reference, is a difference of its own.
 * @param desired as rendered, without the annotation.
 */
export function reviseStamped(live: StatefulSet, desired: StatefulSet): Revision<StatefulSet> {
  const revision = reviseStatefulSet(withoutInputHash(live), desired);
  const found = readInputHash(live);
  if (found === hashInputs(desired, revision.differences)) return { ...revision, differences: [] };
  const wanted = hashInputs(desired, []);
  const own = found === wanted ? [] : [{ path: hashPath, desired: wanted, live: found }];
  return { object: withInputHash(revision.object, wanted), differences: [...revision.differences, ...own] };
}

/** As `reviseStamped`, but another hash alone is no reason to write: where two operators would replace each other's for ever. */
export function reviseContested(live: StatefulSet, desired: StatefulSet): Revision<StatefulSet> {
  const revision = reviseStamped(live, desired);
  const real = revision.differences.filter(({ path }) => path !== hashPath);
  return real.length === 0 ? { ...revision, differences: [] } : revision;
}

/**
 * What to write after a write: when the API server's answer still differs from what was wanted, the object whose hash
 * takes that in; undefined when all is well.
 * @param written the API server's answer to create or update.
 * @param desired as rendered, without the annotation.
 */
export function acknowledgeWrite(written: StatefulSet, desired: StatefulSet): StatefulSet | undefined {
  const revision = reviseStatefulSet(withoutInputHash(written), desired);
  const hash = hashInputs(desired, revision.differences);
  return readInputHash(written) === hash ? undefined : withInputHash(revision.object, hash);
}
