import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listRuleSteps, writeSecret } from '../../../../src/core/desired/steps.ts';
import { renderRuleConfigMaps } from '../../../../src/core/render/rules/config-maps.ts';
import type { RuleFile } from '../../../../src/core/render/rules/rule-file.ts';
import type { Secret } from '../../../../src/core/render/shared/rendered-objects.ts';
import { judgeRoom } from '../../../../src/core/status/room-verdict.ts';
import { makeWorkload, settings } from '../select/fixtures.ts';

const secret = (name: string): Secret => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, type: 'Opaque' });
const megabyte = 1_048_576;

function makeRuleFile(size: number): RuleFile {
  const text = 'x'.repeat(size);
  return { name: 'ns-large-1.yaml', text, size, digest: text };
}

describe('the room in files that are written', () => {
  it('is that of the fullest one, and told of above four fifths', () => {
    const fill = (share: number) =>
      writeSecret(secret(`s-${share}`), { bytes: megabyte * share, beyond: 'that was it' });
    assert.deepEqual(judgeRoom([fill(0.25), fill(0.5), writeSecret(secret('any'))]), {
      share: 0.5,
      verdict: undefined,
    });
    assert.equal(judgeRoom([fill(0.8)])?.verdict, undefined);
    assert.deepEqual(judgeRoom([fill(0.5), fill(0.875), fill(0.25)]), {
      share: 0.875,
      verdict: {
        status: 'True',
        reason: 'FileNearlyFull',
        message: 'Secret "s-0.875" is 87 % full: beyond the 1048576 bytes that it holds that was it',
      },
    });
  });

  it('is not known where nothing is written that users may fill', () => {
    assert.equal(judgeRoom([writeSecret(secret('any'))]), undefined);
  });

  it('is that of one PrometheusRule, where it fills a ConfigMap alone', () => {
    const workload = makeWorkload();
    const configMaps = renderRuleConfigMaps([makeRuleFile(megabyte * 0.9)], {
      format: 'prometheus',
      owner: workload.owner,
      settings,
    });
    const message = judgeRoom(listRuleSteps(workload, 'prometheus', configMaps))?.verdict?.message;
    assert.match(
      message ?? '',
      /^ConfigMap "prometheus-k8s-rulefiles-0" is 90 % full: .* make several PrometheusRules of/,
    );
  });
});
