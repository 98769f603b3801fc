import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { ObjectMeta } from '../../src/api/meta.ts';
import { renderRuleConfigMaps } from '../../src/core/render/rules/config-maps.ts';
import type { RuleFile } from '../../src/core/render/rules/rule-file.ts';
import { makeSettings } from '../unit/core/render/prometheus/fixtures.ts';
import { itAgreesWithFolder } from './case-folder.ts';

interface Input {
  readonly inputSizes: Readonly<Record<string, number>>;
}

interface Expected {
  readonly output: readonly { readonly dataSizes: Readonly<Record<string, number>>; readonly metadata: ObjectMeta }[];
}

const owner = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Prometheus',
  metadata: { name: 'foo', namespace: 'default', uid: 'some-uid' },
};

describe('Rule ConfigMaps', () => {
  itAgreesWithFolder<Input, Expected>('rule-configmaps', ({ input, expect }) => {
    const files = Object.entries(input.inputSizes).map(([name, size]): RuleFile => ({
      name,
      text: 'x'.repeat(size),
      size,
      digest: name,
    }));
    const settings = makeSettings();
    const rendered = renderRuleConfigMaps(files, { format: 'prometheus', owner, settings });
    const found = rendered.map(({ object: { metadata, data = {} } }) => ({
      dataSizes: Object.fromEntries(Object.entries(data).map(([name, text]) => [name, text.length])),
      metadata: { name: metadata.name, labels: metadata.labels },
    }));
    assert.deepEqual(found, expect.output);
  });
});
