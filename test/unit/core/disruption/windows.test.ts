import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Zones } from '../../../../src/base/zones.ts';
import { isOpen, nextOpening, readWindows } from '../../../../src/core/disruption/windows.ts';
import type { Windows } from '../../../../src/core/disruption/windows.ts';

const zones = new Zones();

function read(text: string): Windows {
  const windows = readWindows(text);
  if (typeof windows === 'string') throw new Error(windows);
  return windows;
}

describe('maintenance windows', () => {
  // 2026-11-28 is a Saturday; Berlin is an hour ahead of UTC then, two in summer.
  const cases: readonly [window: string, at: string, open: boolean][] = [
    ['02:00-05:00', '2026-11-28T02:00:00Z', true],
    ['02:00-05:00', '2026-11-28T04:59:59Z', true],
    ['02:00-05:00', '2026-11-28T05:00:00Z', false],
    ['02:00-05:00', '2026-11-28T01:59:59Z', false],
    ['Sat 02:00-05:00', '2026-11-28T03:00:00Z', true],
    ['sunday 02:00-05:00', '2026-11-28T03:00:00Z', false],
    ['Sat,Sun 02:00-05:00 Europe/Berlin', '2026-11-28T01:00:00Z', true],
    ['Sat,Sun 02:00-05:00 Europe/Berlin', '2026-11-28T04:00:00Z', false],
    ['Sat,Sun 02:00-05:00 Europe/Berlin', '2026-07-04T00:30:00Z', true],
    ['Fri-Mon 22:00-04:00', '2026-11-28T03:00:00Z', true],
    ['Sat 22:00-04:00', '2026-11-28T03:00:00Z', false],
    ['Sat 22:00-04:00', '2026-11-28T23:00:00Z', true],
    ['Sat 22:00-04:00', '2026-11-29T03:59:00Z', true],
    ['Mon 01:00-02:00; Sat 03:00-24:00', '2026-11-28T23:59:59Z', true],
  ];
  for (const [window, at, open] of cases)
    it(`${window} at ${at}: ${open ? 'open' : 'shut'}`, () => {
      assert.equal(isOpen(read(window), Date.parse(at), zones), open);
    });

  it('that can never be read say why', () => {
    const wrong: readonly [text: string, why: RegExp][] = [
      ['', /cannot read the window "": want DAYS HH:MM-HH:MM ZONE/],
      ['at night', /cannot read the window "at night"/],
      ['02:00-05:00;', /cannot read the window ""/],
      ['Fry 02:00-05:00', /cannot read the days "Fry"/],
      ['Mon-Tue-Wed 02:00-05:00', /cannot read the days "Mon-Tue-Wed"/],
      ['25:00-05:00', /cannot read the time "25:00-05:00"/],
      ['02:60-05:00', /cannot read the time/],
      ['02:00-02:00', /want two different times/],
      ['02:00-05:00 Europe/Berlim', /unknown time zone "Europe\/Berlim"/],
    ];
    for (const [text, why] of wrong) assert.throws(() => read(text), why);
  });

  it('tell when the next one opens, in their own zone', () => {
    const show = (window: string, now: string): string => {
      const { at, zone } = nextOpening(read(window), Date.parse(now), zones);
      return zones.show(at, zone);
    };
    assert.equal(show('02:00-05:00', '2026-11-28T12:00:00Z'), '2026-11-29T02:00Z');
    assert.equal(show('Sat 02:00-05:00 Europe/Berlin', '2026-11-28T12:00:00Z'), '2026-12-05T02:00+01:00');
    assert.equal(show('Fri 02:00-05:00; Mon 23:00-24:00', '2026-11-28T12:00:00Z'), '2026-11-30T23:00Z');
  });

  it('are shut until the moment that is told, and open from then on', () => {
    const texts = [
      'Tue 03:15-04:00 America/New_York',
      'Sat-Sun 22:00-01:00 Asia/Kathmandu',
      '00:00-00:01 Pacific/Chatham',
    ];
    for (const windows of texts.map(read))
      for (
        let now = Date.parse('2026-03-01T00:00:00Z');
        now < Date.parse('2026-04-10T00:00:00Z');
        now += 13 * 3_600_000
      ) {
        if (isOpen(windows, now, zones)) continue;
        const { at } = nextOpening(windows, now, zones);
        assert.ok(at > now && isOpen(windows, at, zones), new Date(at).toISOString());
        for (let between = now; between < at; between += 60_000 * 7) assert.ok(!isOpen(windows, between, zones));
      }
  });
});
