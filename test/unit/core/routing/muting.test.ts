import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { readRouting } from '../../../../src/core/alertmanager-config/read-routing.ts';
import { findMuting, holdsAtTime, isWithin } from '../../../../src/core/routing/muting.ts';
import { Zones } from '../../../../src/base/zones.ts';

const zones = new Zones();
const version = Version.parse('0.35.0');

function readInterval(fields: string): (at: string) => boolean {
  const text = `{ route: { receiver: a }, receivers: [{ name: a }], time_intervals: [{ name: i, time_intervals: [${fields}] }] }`;
  const interval = readRouting(text, version).intervals.get('i');
  assert.ok(interval);
  return (at) => isWithin(interval, Date.parse(at), zones);
}

describe('intervals', () => {
  const cases: readonly (readonly [fields: string, inside: readonly string[], outside: readonly string[]])[] = [
    ['{}', ['2026-01-01T00:00Z'], []],
    [
      "{ times: [{ start_time: '22:00', end_time: '24:00' }] }",
      ['2026-01-01T22:00Z', '2026-01-01T23:59:59Z'],
      ['2026-01-01T21:59:59Z', '2026-01-02T00:00Z'],
    ],
    ['{ times: [] }', [], ['2026-01-01T00:00Z']],
    ["{ weekdays: ['saturday:sunday'] }", ['2026-11-28T12:00Z', '2026-11-29T12:00Z'], ['2026-11-30T00:00Z']],
    ["{ weekdays: ['friday:monday'] }", ['2026-11-27T00:00Z', '2026-11-30T23:59Z'], ['2026-12-01T00:00Z']],
    ["{ days_of_month: ['-3:-1'] }", ['2026-02-26T00:00Z', '2028-02-29T00:00Z'], ['2026-02-25T23:59Z']],
    ["{ days_of_month: ['31'] }", ['2026-01-31T00:00Z'], ['2026-02-28T00:00Z', '2026-03-30T00:00Z']],
    ["{ days_of_month: ['29:31'] }", ['2028-02-29T00:00Z'], ['2026-02-28T00:00Z']],
    ["{ days_of_month: ['-31:-30'] }", ['2026-01-02T00:00Z', '2026-04-01T00:00Z'], ['2026-02-01T00:00Z']],
    ["{ months: ['december', '3:4'] }", ['2026-12-01T00:00Z', '2026-04-30T00:00Z'], ['2026-05-01T00:00Z']],
    ["{ years: ['2026:2027'] }", ['2026-01-01T00:00Z', '2027-12-31T23:59Z'], ['2028-01-01T00:00Z']],
    [
      "{ location: Europe/Berlin, times: [{ start_time: '02:00', end_time: '03:00' }] }",
      ['2026-07-01T00:00Z', '2026-12-01T01:59Z', '2026-10-25T00:00Z', '2026-10-25T01:59Z'],
      ['2026-07-01T01:00Z', '2026-03-29T00:59Z', '2026-03-29T01:00Z', '2026-10-25T02:00Z'],
    ],
    [
      '{ location: America/New_York, weekdays: [monday] }',
      ['2026-12-01T04:59Z'],
      ['2026-11-30T04:59Z', '2026-12-01T05:00Z'],
    ],
    [
      "{ location: Asia/Kathmandu, times: [{ start_time: '00:00', end_time: '00:01' }] }",
      ['2026-01-01T18:15Z'],
      ['2026-01-01T18:16Z', '2026-01-01T18:14Z'],
    ],
    ['{ location: Local, weekdays: [thursday] }', ['2026-01-01T00:00Z'], ['2026-01-02T00:00Z']],
    [
      '{ months: [may], weekdays: [friday] }, { years: [2030] }',
      ['2026-05-01T00:00Z', '2030-02-02T00:00Z'],
      ['2026-05-02T00:00Z'],
    ],
  ];
  for (const [fields, inside, outside] of cases)
    it(fields, () => {
      const holds = readInterval(fields);
      assert.deepEqual(
        inside.filter((at) => !holds(at)),
        [],
        'inside',
      );
      assert.deepEqual(outside.filter(holds), [], 'outside');
    });
});

describe('muting', () => {
  const text = `
route: { receiver: a }
receivers: [{ name: a }]
time_intervals:
  - { name: weekend, time_intervals: [{ weekdays: ['saturday:sunday'] }] }
  - { name: night, time_intervals: [{ times: [{ start_time: '00:00', end_time: '06:00' }] }] }
`;
  const { intervals } = readRouting(text, version);
  const find = (mute: string[], active: string[], at: string): unknown =>
    findMuting({ muteTimeIntervals: mute, activeTimeIntervals: active }, holdsAtTime(intervals, Date.parse(at), zones));
  const [saturdayNight, saturday, mondayNight, monday] = [
    '2026-11-28T03:00Z',
    '2026-11-28T12:00Z',
    '2026-11-30T03:00Z',
    '2026-11-30T12:00Z',
  ];

  it('names the mute intervals that hold', () => {
    assert.deepEqual(find(['night', 'weekend'], [], saturdayNight), { outsideOf: [], mutedBy: ['night', 'weekend'] });
    assert.deepEqual(find(['night', 'weekend'], [], mondayNight), { outsideOf: [], mutedBy: ['night'] });
    assert.equal(find(['night', 'weekend'], [], monday), undefined);
  });

  it('is outside of all active intervals, and in mute intervals', () => {
    assert.deepEqual(find(['night'], ['weekend'], mondayNight), { outsideOf: ['weekend'], mutedBy: ['night'] });
    assert.deepEqual(find(['night'], ['weekend'], saturdayNight), { outsideOf: [], mutedBy: ['night'] });
    assert.equal(find(['night'], ['weekend'], saturday), undefined);
    assert.equal(find([], ['weekend', 'night'], mondayNight), undefined);
  });
});

describe('zones', () => {
  it('read what clocks show, also where they are turned', () => {
    const read = (shown: string, zone: string): string =>
      new Date(zones.instantOf(Date.parse(`${shown}Z`), zone)).toISOString().slice(0, 16);
    assert.equal(read('2026-12-24T18:00', 'Europe/Berlin'), '2026-12-24T17:00');
    assert.equal(read('2026-07-01T00:00', 'Europe/Berlin'), '2026-06-30T22:00');
    assert.equal(read('2026-03-29T02:30', 'Europe/Berlin'), '2026-03-29T01:30', 'skipped');
    assert.equal(read('2026-10-25T02:30', 'Europe/Berlin'), '2026-10-25T00:30', 'twice');
    assert.equal(read('2026-11-01T01:30', 'America/New_York'), '2026-11-01T05:30', 'twice');
    assert.equal(read('2026-12-24T18:00', 'UTC'), '2026-12-24T18:00');
  });

  it('show a time with its offset', () => {
    const at = Date.parse('2026-12-24T17:00Z');
    assert.equal(zones.show(at, 'Europe/Berlin'), '2026-12-24T18:00+01:00');
    assert.equal(zones.show(at, 'America/St_Johns'), '2026-12-24T13:30-03:30');
    assert.equal(zones.show(at, ''), '2026-12-24T17:00Z');
  });
});
