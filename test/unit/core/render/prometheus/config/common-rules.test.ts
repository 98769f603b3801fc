import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { YamlFields } from '../../../../../../src/base/yaml-writer.ts';
import { commonRules } from '../../../../../../src/core/limits.ts';
import { CommonRules } from '../../../../../../src/core/render/prometheus/config/common-rules.ts';

describe('CommonRules', () => {
  it('makes equal rules one object, whatever they leave out', () => {
    const rules = new CommonRules();
    const first = rules.share({ source_labels: ['a', 'b'], regex: 'x', modulus: undefined });
    assert.equal(rules.share({ source_labels: ['a', 'b'], separator: undefined, regex: 'x' }), first);
  });

  it('keeps rules apart that are written differently', () => {
    const different: YamlFields[] = [
      {},
      { regex: 'a' },
      { regex: '1' },
      { regex: 1 },
      { target_label: 'a' },
      { source_labels: [] },
      { source_labels: 'a' },
      { source_labels: ['a'] },
      { source_labels: ['a', 'b'] },
      { source_labels: ['a,b'] },
      { source_labels: ['a'], separator: 'b' },
      { source_labels: ['a'], regex: 'b' },
      { source_labels: 0 },
      { source_labels: 1 },
      { regex: 'a', target_label: 'b' },
      { target_label: 'b', regex: 'a' },
    ];
    const rules = new CommonRules();
    assert.equal(new Set(different.map((rule) => rules.share(rule))).size, different.length);
  });

  it('remembers only so many', () => {
    const rules = new CommonRules();
    const make = (at: number): YamlFields => ({ action: 'drop', regex: `x${at}` });
    const known = Array.from({ length: commonRules }, (_, at) => rules.share(make(at)));
    const late = make(commonRules);
    assert.equal(rules.share(late), late);
    assert.equal(rules.share(make(7)), known[7]);
  });
});
