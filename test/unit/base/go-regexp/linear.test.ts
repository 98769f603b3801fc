import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GoRegexp } from '../../../../src/base/go-regexp.ts';
import { isLinear } from '../../../../src/base/go-regexp/linear.ts';
import { parseShared, translateToNative } from '../../../../src/base/go-regexp/native.ts';
import { countSteps } from './backtracking.ts';

const isNative = (pattern: string): boolean => translateToNative(pattern, true) !== undefined;

/** Numbers from a seed (Lehmer). */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state % below;
  };
}

type Random = ReturnType<typeof createRandom>;

const pick = (random: Random, from: readonly string[]): string => from[random(from.length)] ?? '';

function writePattern(random: Random, depth: number): string {
  const pieces = Array.from({ length: 1 + random(4) }, () => {
    const kind = random(depth > 0 ? 8 : 5);
    if (kind >= 6) return `(${writePattern(random, depth - 1)}|${writePattern(random, depth - 1)})`;
    if (kind === 5) return `(?:${writePattern(random, depth - 1)}a)?`;
    return pick(random, ['a', 'b', '[ab]', '[^a]', '.', ';']) + pick(random, ['', '', '*', '+', '?']);
  });
  return pieces.join('');
}

/** Texts made to be slow: a beginning, something over and over, an end that fits nothing. */
function listAttacks(random: Random, length: number): string[] {
  return ['a', 'b', 'ab', 'aab', ';', 'a;', 'b;a'].map(
    (piece) => `${pick(random, ['', 'b', 'a;'])}${piece.repeat(Math.ceil(length / piece.length))}\u00e9`,
  );
}

describe('isLinear', () => {
  it('leaves the usual patterns to the fast engine', () => {
    const usual = [
      '(.*)',
      '.+',
      'prod-.*',
      '.*-canary',
      '.*error.*',
      '(.+)-(.+)',
      '([^:]+)(?::\\d+)?;(\\d+)',
      '(.+?)(?::\\d+)?',
      '__meta_kubernetes_pod_label_(.+)',
      '[\\w-]+-[0-9a-f]+',
      'https?://[^/]+/.*',
      '(Running|Pending);.*',
      'go_(gc|memstats|info)_.+|process_.*',
    ];
    for (const pattern of usual) assert.ok(isNative(pattern), pattern);
  });

  it('gives RE2 what passes text to and fro, or has too many ways', () => {
    const slow = ['.*.*y', '(.*)a(.*)b', '[ab]*[bc]*d', '(?:a*)?a*b', 'a*(b|a*)c', '.*?x*', `${'(a|aa)'.repeat(9)}b`];
    for (const pattern of slow) assert.ok(!isNative(pattern), pattern);
    assert.ok(!isNative(`.*.*.*${'(.|..|...|....|.....|......|.......)'.repeat(6)}y`));
  });

  it('is true only of patterns whose work grows as the text does, and never changes an answer (2,000 patterns)', () => {
    const random = createRandom(17);
    let native = 0;
    for (let at = 0; at < 2000; at += 1) {
      const pattern = writePattern(random, 2);
      const expression = parseShared(pattern, true);
      if (expression === undefined || !isLinear(expression)) continue;
      native += 1;
      for (const text of listAttacks(random, 60)) {
        const steps = countSteps(expression, text);
        assert.ok(steps <= 300 * (text.length + 1), `${pattern} needs ${steps} steps for ${text}`);
        const [short, long] = [text.slice(0, -1).repeat(2), text.slice(0, -1).repeat(8)];
        const growth = countSteps(expression, `${long}\u00e9`) / countSteps(expression, `${short}\u00e9`);
        assert.ok(growth <= 6, `${pattern}: four times "${short}" needs ${growth} times the steps`);
        assert.equal(
          GoRegexp.compileAnchored(pattern).matches(text),
          GoRegexp.compileAnchored(`(?:)(?:${pattern}){1}`).matches(text),
          `${pattern} against ${text}`,
        );
      }
    }
    assert.ok(native > 300, `only ${native} patterns were linear`);
  });
});
