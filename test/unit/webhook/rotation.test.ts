import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import type { CertificateState, RotationStep } from '../../../src/webhook/rotation.ts';
import { bundleOf, planRotation, takeStep } from '../../../src/webhook/rotation.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const policy = { hosts: ['stoker-webhook.monitoring.svc', '127.0.0.1'], validityMs: 90 * day, overlapMs: 5 * minute };
const start = Date.parse('2026-01-01T00:00:00Z');

const plan = (state: CertificateState | undefined, now: number, published = true): RotationStep =>
  planRotation({ state, policy, published, now });

async function advance(state: CertificateState | undefined, now: number): Promise<CertificateState> {
  const input = { state, policy, published: true, now };
  return await takeStep(planRotation(input), input);
}

const trusts = (bundle: string, { certificate }: { certificate: string }): boolean =>
  bundle
    .split(/(?=-----BEGIN)/)
    .some((ca) => new X509Certificate(certificate).verify(new X509Certificate(ca).publicKey));

describe('rotation of certificates', () => {
  it('never serves a certificate whose authority was not in the bundle of the step before', async () => {
    const steps: RotationStep[] = [];
    let state = await advance(undefined, start);
    let told = bundleOf(state);
    for (let now = start; now < start + 365 * day; now += 6 * minute) {
      const step = plan(state, now);
      if (step === 'none') {
        now += day;
        continue;
      }
      state = await advance(state, now);
      assert.ok(trusts(told, state.current), `${step}: callers do not know the authority yet`);
      told = bundleOf(state);
      assert.ok(trusts(told, state.current), step);
      steps.push(step);
    }
    assert.deepEqual(new Set(steps), new Set(['begin', 'promote', 'finish']));
    assert.ok(steps.length >= 12, String(steps.length));
  });

  it('keeps the old authority until other replicas have had time to follow', async () => {
    const first = await advance(undefined, start);
    const begun = await advance(first, start + 61 * day);
    assert.ok(begun.next);
    assert.equal(begun.current, first.current);
    const promoted = await advance(begun, begun.since + 5 * minute);
    assert.equal(promoted.current, begun.next);
    assert.ok(trusts(bundleOf(promoted), first.current));
    assert.equal(plan(promoted, promoted.since + 4 * minute), 'none');
    const finished = await advance(promoted, promoted.since + 5 * minute);
    assert.ok(!trusts(bundleOf(finished), first.current));
  });

  it('waits with the new certificate until callers were told', async () => {
    const begun = await advance(await advance(undefined, start), start + 61 * day);
    const later = begun.since + 60 * minute;
    assert.equal(plan(begun, later, false), 'none');
    assert.equal(plan(begun, later, true), 'promote');
  });

  it('makes one anew at once when there is none, when it has ended, or when hosts are missing', async () => {
    const state = await advance(undefined, start);
    assert.equal(plan(undefined, start), 'create');
    assert.equal(plan(state, start + 91 * day), 'create');
    const more = { ...policy, hosts: [...policy.hosts, 'webhook.example'] };
    assert.equal(planRotation({ state, policy: more, published: true, now: start }), 'create');
    const garbled = { ...state, current: { ...state.current, certificate: 'x' } };
    assert.equal(plan(garbled, start), 'create');
    const anew = await advance(state, start + 91 * day);
    assert.ok(trusts(bundleOf(anew), state.current), 'replicas that still serve the old one stay trusted');
  });

  it('begins before its time when somebody asks, but one rotation after the other', async () => {
    const state = await advance(undefined, start);
    const ask = (one: CertificateState): RotationStep =>
      planRotation({ state: one, policy, published: true, asked: true, now: start });
    assert.equal(ask(state), 'begin');
    assert.equal(ask({ ...state, next: state.current }), 'none');
    assert.equal(ask({ ...state, previousCa: state.current.ca }), 'none');
  });

  it('keeps no key of an authority', async () => {
    const state = await advance(undefined, start);
    const keys = JSON.stringify(state).match(/BEGIN PRIVATE KEY/g);
    assert.equal(keys?.length, 1);
    assert.ok(!new X509Certificate(state.current.certificate).ca);
  });
});
