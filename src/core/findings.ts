import { TerminalError } from '../base/errors.ts';
import { complete } from '../base/interruptible.ts';
import type { Interruptible } from '../base/interruptible.ts';
import type { Rejection } from './rejection.ts';

/**
 * What a check finds wrong, one after the other, in the order of the fields; undefined is no finding but a place to rest, in
 * checks that may be long. Checks are generators so that selection stops at the first finding while `stoker check` reads them
 * all.
 */
export type Findings = Generator<Rejection | undefined, void, undefined>;

/** The first thing that is wrong, or undefined. What comes after it is not looked at. */
export function firstFinding(findings: Findings): Rejection | undefined {
  return complete(seekFinding(findings));
}

/** The same, resting where the check may rest. */
export function* seekFinding(findings: Findings): Interruptible<Rejection | undefined> {
  for (const rejection of findings) {
    if (rejection !== undefined) return rejection;
    yield;
  }
  return undefined;
}

/** Everything that is wrong. */
export function listFindings(findings: Findings): Rejection[] {
  return complete(collectFindings(findings));
}

/** The same, resting where the check may rest. */
export function* collectFindings(findings: Findings): Interruptible<Rejection[]> {
  const found: Rejection[] = [];
  for (const rejection of findings) {
    if (rejection === undefined) yield;
    else found.push(rejection);
  }
  return found;
}

/** A field of a workload that makes its configuration impossible: the last good one stays (docs/reference/rendering.md 1.13). */
export class InvalidFieldError extends TerminalError {
  readonly rejection: Rejection;

  constructor(rejection: Rejection) {
    super(rejection.field === '' ? rejection.message : `${rejection.field}: ${rejection.message}`);
    this.rejection = rejection;
  }
}

/** @throws {InvalidFieldError} for the first thing that is wrong. */
export function requireNone(findings: Findings): void {
  const found = firstFinding(findings);
  if (found !== undefined) throw new InvalidFieldError(found);
}
