/** Who led when, and who wrote without leading, as the API server's audit log has it. */
import type { Write } from './audit.ts';
import { describeWrite } from './audit.ts';

/**
 * From the arrival of the write that gave a user the Lease, for its answer is with the user before the server has noted it,
 * to the answer to the one that took it away.
 */
export interface Term {
  readonly user: string;
  readonly from: number;
  to: number;
}

const holderOf = ({ object }: Write): string =>
  (object as { spec?: { holderIdentity?: string } } | undefined)?.spec?.holderIdentity ?? '';

const isLease = ({ resource }: Write): boolean => resource === 'leases';

/** The terms of all leaders in order; none overlaps another. @param writes of all candidates. */
export function listTerms(writes: readonly Write[]): Term[] {
  const terms: Term[] = [];
  const changes = writes.filter((write) => isLease(write) && write.code < 300).sort((a, b) => a.at - b.at);
  for (const change of changes) {
    const current = terms.at(-1);
    const isHeld = holderOf(change) !== '';
    const isSame = current?.user === change.user && current.to === Number.POSITIVE_INFINITY;
    if (isHeld && isSame) continue;
    if (current !== undefined) current.to = Math.min(current.to, change.at);
    if (isHeld) terms.push({ user: change.user, from: change.receivedAt, to: Number.POSITIVE_INFINITY });
  }
  return terms;
}

/**
 * Writes that reached the server while their user did not hold the Lease, refused ones too; but not those that met a newer
 * version of their object: one that was on its way when the Lease was lost cannot be called back, and changes nothing.
 */
export function listForeignWrites(writes: readonly Write[]): string[] {
  const terms = listTerms(writes);
  const isLed = ({ user, receivedAt }: Write): boolean =>
    terms.some((term) => term.user === user && term.from <= receivedAt && receivedAt <= term.to);
  return writes
    .filter((write) => !isLease(write) && !isLed(write) && write.code !== 409)
    .map((write) => `${write.user} at ${new Date(write.receivedAt).toISOString()}: ${describeWrite(write)}`);
}
