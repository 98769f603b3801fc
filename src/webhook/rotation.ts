/**
 * A certificate authority and a serving certificate of our own, and how they are replaced so that no caller ever meets a
 * certificate that it does not trust: first the new authority is made known beside the old one, then the new certificate
 * is served, then the old authority is forgotten. Whoever keeps the state decides nothing; all of it is here.
 */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { createAuthority, createLeaf } from '../base/certificates.ts';
import type { KeyedCertificate } from '../base/certificates.ts';
import { clockSkewMs } from './limits.ts';

/** A serving certificate with its authority, PEM. The authority's key is not kept: each rotation makes a new authority. */
export interface CertificateSet extends KeyedCertificate {
  readonly ca: string;
}

export interface CertificateState {
  /** Served with. */
  readonly current: CertificateSet;
  /** Served with as soon as every API server knows its authority. */
  readonly next?: CertificateSet;
  /** Authority of what other replicas may still serve with. */
  readonly previousCa?: string;
  /** When the last step was taken, in milliseconds since 1970. */
  readonly since: number;
}

export interface RotationPolicy {
  /** DNS names and addresses that callers use. */
  readonly hosts: readonly string[];
  readonly validityMs: number;
  /** How long callers and replicas have to learn of a step before the next one. */
  readonly overlapMs: number;
}

/** `create`: anew, at once. `begin`: make the next known. `promote`: serve with it. `finish`: forget the old authority. */
export type RotationStep = 'none' | 'create' | 'begin' | 'promote' | 'finish';

export interface RotationInput {
  readonly state: CertificateState | undefined;
  readonly policy: RotationPolicy;
  /** Callers are known to have been told of both authorities. */
  readonly published: boolean;
  /** Somebody wants a new certificate before its time. */
  readonly asked?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What is to be done now. A certificate is replaced when a third of its time is left. */
export function planRotation({ state, policy, published, asked = false, now }: RotationInput): RotationStep {
  if (state === undefined || !isUsable(state.current, policy, now)) return 'create';
  const waited = now - state.since >= policy.overlapMs;
  if (state.next !== undefined) {
    if (!isUsable(state.next, policy, now)) return 'begin';
    return waited && published ? 'promote' : 'none';
  }
  if (state.previousCa !== undefined) return waited ? 'finish' : 'none';
  const end = endOf(state.current.certificate);
  return asked || now >= end - policy.validityMs / 3 ? 'begin' : 'none';
}

/** The state after a step. What was trusted before stays trusted, but for `finish`. */
export async function takeStep(step: RotationStep, input: RotationInput): Promise<CertificateState> {
  const { state, now } = input;
  if (state === undefined || step === 'create') {
    const current = await makeSet(input);
    return { current, since: now, ...(state === undefined ? {} : { previousCa: state.current.ca }) };
  }
  const { current, next } = state;
  if (step === 'begin') return { ...state, next: await makeSet(input), since: now };
  if (step === 'promote' && next !== undefined) return { current: next, previousCa: current.ca, since: now };
  return step === 'finish' ? { current, since: now } : state;
}

/** What callers are to trust, PEM: the authority in use first. */
export function bundleOf({ current, next, previousCa }: CertificateState): string {
  const all = [current.ca, next?.ca, previousCa].filter((ca) => ca !== undefined);
  return [...new Set(all)].join('');
}

async function makeSet({ policy: { hosts, validityMs }, now }: RotationInput): Promise<CertificateSet> {
  const notBefore = new Date(now - clockSkewMs);
  const notAfter = new Date(now + validityMs);
  const authority = await createAuthority({ commonName: 'stoker-webhook-ca', notBefore, notAfter });
  const leaf = await createLeaf(authority, { commonName: hosts[0] ?? 'stoker-webhook', hosts, notBefore, notAfter });
  return { ca: authority.certificate, ...leaf };
}

const endOf = (certificate: string): number => Date.parse(new X509Certificate(certificate).validTo);

function isUsable({ certificate }: CertificateSet, { hosts }: RotationPolicy, now: number): boolean {
  try {
    const parsed = new X509Certificate(certificate);
    const covers = (host: string): boolean =>
      (isIP(host) === 0 ? parsed.checkHost(host, { subject: 'never' }) : parsed.checkIP(host)) !== undefined;
    return Date.parse(parsed.validTo) > now && hosts.every(covers);
  } catch {
    return false;
  }
}
