import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { checkPromql } from '../../src/core/promql/check-promql.ts';
import { itAgreesWithFolder } from './case-folder.ts';

interface Input {
  readonly input: string;
  readonly options: {
    readonly EnableExperimentalFunctions: boolean;
    readonly ExperimentalDurationExpr: boolean;
    readonly EnableExtendedRangeSelectors: boolean;
    readonly EnableBinopFillModifiers: boolean;
  };
}

interface Expected {
  readonly error: string | null;
  readonly type?: string;
}

describe('PromQL', () => {
  itAgreesWithFolder<Input, Expected>('promql', ({ input: { input, options }, expect }) => {
    const verdict = checkPromql(input, {
      experimentalFunctions: options.EnableExperimentalFunctions,
      durationExpressions: options.ExperimentalDurationExpr,
      extendedRangeSelectors: options.EnableExtendedRangeSelectors,
      binopFillModifiers: options.EnableBinopFillModifiers,
    });
    const messages = verdict.errors.map(({ message }) => message);
    if (expect.error === null) assert.deepEqual({ messages, type: verdict.type }, { messages: [], type: expect.type });
    else assert.notDeepEqual(messages, [], `accepted, although: ${expect.error}`);
  });
});
