import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LookSchedule } from '../../../../src/core/loaded/look-schedule.ts';
import type { LookOutcome } from '../../../../src/core/loaded/look-schedule.ts';

/** Looks whenever it is due, until `endS`. @returns the seconds of the looks */
function run(schedule: LookSchedule, endS: number, outcomeAt: (second: number) => LookOutcome): number[] {
  const looks: number[] = [];
  for (let due = schedule.dueAt(); due <= endS * 1000; due = schedule.dueAt()) {
    looks.push(due / 1000);
    schedule.looked(due, outcomeAt(due / 1000));
  }
  return looks;
}

describe('Looks at a replica', () => {
  it('come quickly after a change, then slowly while it is not there', () => {
    const looks = run(new LookSchedule(0), 420, () => 'waiting');
    assert.deepEqual(looks, [5, 15, 30, 60, 120, 180, 240, 300, 360, 420]);
  });

  it('are rare once all is well', () => {
    assert.deepEqual(
      run(new LookSchedule(0), 1000, (second) => (second < 30 ? 'waiting' : 'settled')),
      [5, 15, 30, 330, 630, 930],
    );
  });

  it('begin anew with each change', () => {
    const schedule = new LookSchedule(0);
    run(schedule, 100, (second) => (second < 15 ? 'waiting' : 'settled'));
    schedule.change(100_000);
    assert.deepEqual(
      run(schedule, 200, () => 'waiting'),
      [105, 115, 130, 160],
    );
  });

  it('come again soon, once, when what was well is not', () => {
    const schedule = new LookSchedule(0);
    const looks = run(schedule, 800, (second) => (second < 300 ? 'settled' : 'waiting'));
    assert.deepEqual(looks, [5, 305, 320, 380, 440, 500, 560, 620, 680, 740, 800]);
  });

  it('are not put off by changes without end, and stay within the budget', () => {
    const schedule = new LookSchedule(0);
    const looks: number[] = [];
    for (let now = 0; now <= 3_600_000; now += 1000) {
      schedule.change(now);
      if (schedule.dueAt() > now) continue;
      looks.push(now / 1000);
      schedule.looked(now, 'waiting');
    }
    assert.equal(looks[0], 5);
    assert.ok(looks.length >= 60 && looks.length <= 10 + 60, String(looks.length));
    for (const from of looks) {
      const within = looks.filter((look) => look >= from && look < from + 600).length;
      assert.ok(within <= 10 + 10, `${within} looks in the ten minutes from second ${from}`);
    }
  });
});
