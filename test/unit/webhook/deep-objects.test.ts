import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { Validator } from '../../../src/api/validate.ts';
import { checkManifests } from '../../../src/core/check/manifests.ts';
import { defaultPromqlOptions } from '../../../src/core/promql/types.ts';
import { defaultSettings } from '../../../src/operator/default-settings.ts';
import { createExamine } from '../../../src/operator/webhook/examine.ts';
import { readAdmissionReview } from '../../../src/webhook/review.ts';
import { validateReview } from '../../../src/webhook/validate.ts';
import { makeReview, makeRule } from './reviews.ts';

const language = { names: 'legacy', promql: defaultPromqlOptions, given: false } as const;
const settings = defaultSettings();
const { own } = createExamine({ settings, language, view: () => undefined });

/** A rule whose list of groups is a chain of lists, each in the other. */
function makeDeepRule(depth: number): KubernetesObject {
  let groups: unknown = 'x';
  for (let at = 0; at < depth; at += 1) groups = [groups];
  return { ...makeRule('up'), spec: { groups: [{ name: groups, rules: [] }] } } as KubernetesObject;
}

describe('an object nested deeper than the stack', () => {
  it('is refused by the webhook with the reason', () => {
    const request = readAdmissionReview(makeReview({ plural: 'prometheusrules', object: makeDeepRule(20_000) }));
    const response = validateReview(request, undefined, own);
    assert.ok(!response.allowed);
    assert.match(response.message, /nested deeper than 100 levels/);
  });

  it('is refused also when the one before was as deep', () => {
    const change = { object: makeDeepRule(20_000), oldObject: makeDeepRule(20_000), operation: 'UPDATE' };
    const request = readAdmissionReview(makeReview({ plural: 'prometheusrules', ...change }));
    assert.equal(validateReview(request, undefined, own).allowed, false);
  });

  it('is a finding of check', () => {
    const [findings = []] = checkManifests([makeDeepRule(20_000)], { validator: new Validator(), settings });
    assert.deepEqual(
      findings.map(({ reason }) => reason),
      ['NestedTooDeeply'],
    );
  });
});
