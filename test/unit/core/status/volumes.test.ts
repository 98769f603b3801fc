import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportClaim } from '../../../../src/core/status/volume-claims.ts';
import type { VolumeClaimObject } from '../../../../src/core/status/volume-claims.ts';
import { judgeVolumes } from '../../../../src/core/status/volume-verdict.ts';
import type { VolumeState } from '../../../../src/core/status/volume-verdict.ts';

type Status = NonNullable<VolumeClaimObject['status']>;

const claim = (requested: string, status: Status): VolumeClaimObject => ({
  metadata: { name: 'db-a-0' },
  spec: { resources: { requests: { storage: requested } } },
  status: { phase: 'Bound', ...status },
});

const holds = (type: string, message = ''): Status => ({ conditions: [{ type, status: 'True', message }] });
const has = (storage: string): Status => ({ capacity: { storage } });

describe('how far a claim is on its way to 20Gi', () => {
  const cases: readonly [title: string, claim: VolumeClaimObject, expected: string, problem?: string][] = [
    ['as it was', claim('10Gi', has('10Gi')), 'small'],
    ['without a volume', claim('10Gi', { phase: 'Pending' }), 'unbound'],
    ['asked for', claim('20Gi', has('10Gi')), 'growing'],
    ['its driver works', claim('20Gi', { ...has('10Gi'), ...holds('Resizing') }), 'growing'],
    [
      'its driver has failed',
      claim('20Gi', { ...has('10Gi'), ...holds('ControllerResizeError', 'quota') }),
      'growing',
      'quota',
    ],
    [
      'the kubelet has failed',
      claim('20Gi', { ...has('10Gi'), ...holds('NodeResizeError') }),
      'growing',
      'NodeResizeError',
    ],
    [
      'its driver cannot',
      claim('20Gi', { ...has('10Gi'), allocatedResourceStatuses: { storage: 'ControllerResizeInfeasible' } }),
      'growing',
      'its driver says ControllerResizeInfeasible',
    ],
    ['its file system is left', claim('20Gi', { ...has('10Gi'), ...holds('FileSystemResizePending') }), 'grown'],
    ['done', claim('20Gi', has('20Gi')), 'grown'],
    ['larger already', claim('30Gi', has('30Gi')), 'grown'],
    ['larger by its driver', claim('20Gi', has('21Gi')), 'grown'],
    ['on its way to more', claim('30Gi', has('10Gi')), 'growing'],
    ['too much was asked for', claim('30Ti', { ...has('10Gi'), ...holds('ControllerResizeError', 'quota') }), 'small'],
  ];
  for (const [title, one, state, problem] of cases)
    it(`${title}: ${state}`, () => {
      const report = reportClaim(one, '20Gi');
      assert.deepEqual([report.state, report.problem], [state, problem]);
    });
});

describe('the condition VolumesExpanded', () => {
  const change = { kind: 'grow', template: 'db', from: '10Gi', to: '20Gi' } as const;
  const state = (more: Partial<VolumeState>): VolumeState => ({ set: 'a', change, claims: [], ...more });
  const growing = state({
    claims: [
      { name: 'db-a-0', state: 'grown' },
      { name: 'db-a-1', state: 'growing' },
    ],
  });

  it('is none when no size differs', () => {
    assert.equal(judgeVolumes([]), undefined);
  });

  it('counts the claims that are done, and names the next', () => {
    assert.deepEqual(judgeVolumes([growing]), {
      status: 'False',
      reason: 'VolumesExpanding',
      message: '1 of 2 claims of StatefulSet "a" are "20Gi", "db-a-1" is being expanded',
    });
  });

  it('says that a volume is waited for, and that all are done', () => {
    const waits = judgeVolumes([state({ claims: [{ name: 'db-a-0', state: 'unbound' }] })]);
    assert.match(waits?.message ?? '', /^0 of 1 claims of StatefulSet "a" is "20Gi", "db-a-0" waits for its volume$/);
    const done = judgeVolumes([state({ claims: [{ name: 'db-a-0', state: 'grown' }] })]);
    assert.match(done?.message ?? '', /the set is made anew around its pods$/);
  });

  it('tells what is refused before what goes on, of all sets', () => {
    const smaller = { ...change, kind: 'shrink' } as const;
    const verdict = judgeVolumes([growing, state({ change: smaller }), state({ set: 'b', change: smaller })]);
    assert.equal(verdict?.reason, 'ShrinkingRefused');
    assert.match(verdict.message, /^Cannot shrink .* "a" .*\nCannot shrink .* "b" /);
  });

  const refusals: readonly [NonNullable<VolumeState['refusal']>, reason: string, text: RegExp][] = [
    [
      { kind: 'not-permitted' },
      'ExpansionNotPermitted',
      /RBAC does not let the operator get and patch persistentvolumeclaims/,
    ],
    [
      { kind: 'class', claim: 'c', className: 'x' },
      'ClassNotExpandable',
      /StorageClass "x" of claim "c" does not allow it; set allow/,
    ],
    [
      { kind: 'class', claim: 'c', className: undefined },
      'ClassNotExpandable',
      /claim "c" has no StorageClass; set spec\.storage/,
    ],
    [{ kind: 'server', claim: 'c', message: 'no' }, 'ExpansionFailed', /: claim "c": no$/],
  ];
  for (const [refusal, reason, text] of refusals)
    it(`says why: ${reason} ${refusal.kind}`, () => {
      const verdict = judgeVolumes([state({ refusal })]);
      assert.equal(verdict?.reason, reason);
      assert.match(verdict.message, text);
    });
});
