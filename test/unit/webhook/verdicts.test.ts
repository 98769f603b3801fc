import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultPromqlOptions } from '../../../src/core/promql/types.ts';
import { defaultSettings } from '../../../src/operator/default-settings.ts';
import { createExamine } from '../../../src/operator/webhook/examine.ts';
import { goodObjects } from './good-objects.ts';
import { mistakes } from './mistakes.ts';

const language = { names: 'legacy', promql: defaultPromqlOptions, given: false } as const;
const examine = createExamine({ settings: defaultSettings(), language, view: () => undefined }).own;

const listErrors = (object: Parameters<typeof examine>[0]): string[] =>
  examine(object)
    .filter(({ severity }) => severity === 'error')
    .map(({ path, message }) => `${path}: ${message}`);

describe('verdicts of the webhook', () => {
  it('are a refusal with the field for each of sixty mistakes and more', () => {
    assert.ok(mistakes.length >= 60, String(mistakes.length));
    const missed = mistakes.flatMap(({ object, field }) => {
      const errors = listErrors(object);
      if (errors.some((text) => text.startsWith(field))) return [];
      const { spec } = object as unknown as { spec: unknown };
      return [`${object.kind ?? ''} ${JSON.stringify(spec)}: want ${field}, got ${errors.join(' | ') || 'nothing'}`];
    });
    assert.deepEqual(missed, []);
  });

  it('are none for sixty good objects and more', () => {
    assert.ok(goodObjects.length >= 60, String(goodObjects.length));
    const refused = goodObjects.flatMap(({ object }) => {
      const { spec } = object as unknown as { spec: unknown };
      return listErrors(object).map((text) => `${object.kind ?? ''} ${JSON.stringify(spec)}: ${text}`);
    });
    assert.deepEqual(refused, []);
  });
});
