import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Validator } from '../../../src/api/validate.ts';
import { generateObjects } from './kind-objects.ts';
import type { GeneratedObject } from './kind-objects.ts';

const validator = new Validator();
const listViolations = ({ kind, version, object }: GeneratedObject): string[] =>
  validator
    .validate({ kind, version }, object)
    .filter((one) => one.reason !== 'RuleBroken')
    .map(({ path, message }) => `${path}: ${message}`);

describe('objects generated from the constraints', () => {
  it('are accepted', () => {
    const wrong = generateObjects(330, 1, false).flatMap((one) =>
      listViolations(one).map((violation) => `${one.kind} ${one.seed}: ${violation}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('are refused at the place where one check was broken', () => {
    const missed = generateObjects(660, 1, true)
      .filter((one) => one.damage !== undefined && listViolations(one).length === 0)
      .map((one) => `${one.kind} ${one.seed}: ${one.damage!.check} at ${one.damage!.path}`);
    assert.deepEqual(missed, []);
  });
});
