import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { createLoadContext } from '../../../../src/core/prometheus-config/load-context.ts';
import { Matching } from '../../../../src/core/routing/matching.ts';
import { readSilences } from '../../../../src/core/routing/read-silences.ts';
import { findSilencing } from '../../../../src/core/routing/silences.ts';
import type { Silence } from '../../../../src/core/routing/silences.ts';

const matching = new Matching();
const context = createLoadContext(Version.parse('0.34.0'), 'utf8');
const now = '2026-11-29T12:00:00Z';

const read = (...silences: readonly unknown[]): Silence[] => readSilences(silences, 'silences', context);
const hides = (silence: unknown, labels: Readonly<Record<string, string>>, at = now): boolean =>
  findSilencing(read(silence), new Map(Object.entries(labels)), { at: Date.parse(at), matching }).length > 0;

describe('a silence', () => {
  const alert = { alertname: 'CartDown', severity: 'critical' };
  const cases: readonly (readonly [matchers: readonly unknown[], isHidden: boolean])[] = [
    [[{ name: 'alertname', value: 'CartDown', isRegex: false, isEqual: true }], true],
    [[{ name: 'alertname', value: 'Cart', isRegex: false, isEqual: true }], false],
    [[{ name: 'alertname', value: 'Cart', isRegex: true, isEqual: true }], false],
    [[{ name: 'alertname', value: 'Cart|.*Down', isRegex: true, isEqual: true }], true],
    [[{ name: 'alertname', value: 'CartDown', isRegex: false, isEqual: false }], false],
    [[{ name: 'severity', value: 'warn.*', isRegex: true, isEqual: false }], true],
    [[{ name: 'severity', value: 'crit.*', isRegex: true, isEqual: false }], false],
    [[{ name: 'team', value: '', isRegex: false, isEqual: true }], true],
    [[{ name: 'team', value: '', isRegex: false, isEqual: false }], false],
    [[{ name: 'team', value: 'shop', isRegex: false, isEqual: false }], true],
    [[{ name: 'team', value: '|shop', isRegex: true }], true],
    [
      [
        { name: 'alertname', value: 'CartDown' },
        { name: 'severity', value: 'info' },
      ],
      false,
    ],
    [['alertname="CartDown"', 'severity=~"critical|warning"'], true],
    [['{alertname="CartDown", severity!="critical"}'], false],
  ];
  for (const [matchers, isHidden] of cases)
    it(`of ${JSON.stringify(matchers)} ${isHidden ? 'hides' : 'does not hide'} the alert`, () =>
      assert.equal(hides({ matchers }, alert), isHidden));

  it('holds from its first to its last moment, whatever it is said to be', () => {
    const silence = {
      matchers: ['alertname="CartDown"'],
      ...{ startsAt: '2026-11-29T12:00:00Z', endsAt: '2026-11-29T14:00:00+01:00', status: { state: 'expired' } },
    };
    const times = ['11:59:59.999', '12:00:00', '12:30:00', '13:00:00', '13:00:00.001'];
    assert.deepEqual(
      times.map((time) => hides(silence, alert, `2026-11-29T${time}Z`)),
      [false, true, true, true, false],
    );
  });

  it('without matchers hides nothing', () => {
    const [silence] = read({ matchers: ['a=""'] });
    assert.ok(silence);
    const empty = [{ ...silence, matchers: [] }];
    assert.deepEqual(findSilencing(empty, new Map(), { at: Date.parse(now), matching }), []);
  });

  it('is one of several: each that hides the alert is told', () => {
    const all = read(
      { id: 'a', matchers: ['severity="critical"'] },
      { id: 'b', matchers: ['severity="info"'] },
      { id: 'c', matchers: ['alertname=~".+"'] },
    );
    const found = findSilencing(all, new Map(Object.entries(alert)), { at: Date.parse(now), matching });
    assert.deepEqual(
      found.map(({ id }) => id),
      ['a', 'c'],
    );
  });
});

describe('readSilences', () => {
  it('reads what the API prints', () => {
    const printed = {
      ...{ id: '6a4f', status: { state: 'active' }, updatedAt: now, comment: 'a new cart', createdBy: 'jo' },
      ...{ startsAt: now, endsAt: '2026-11-29T14:00:00.123456789Z' },
      matchers: [{ isEqual: true, isRegex: false, name: 'a', value: 'b' }],
    };
    const { status, updatedAt, ...silence } = printed;
    assert.ok(status.state !== '' && updatedAt !== '');
    assert.deepEqual(read(printed), [silence]);
  });

  const refused: readonly (readonly [value: unknown, message: string])[] = [
    [{}, 'Cannot use silences: want a list of silences'],
    [[7], 'Cannot use silences[0]: want a silence, a mapping with matchers'],
    [[{ matchers: [] }], 'Cannot use silences[0].matchers: want a list with a matcher at least'],
    [[{ matchers: ['a=~"("'] }], 'Cannot use silences[0].matchers[0]: '],
    [[{ matchers: ['a="b"', { name: 'a', value: '(', isRegex: true }] }], 'Cannot use silences[0].matchers[1]: '],
    [[{ matchers: [{ name: 'a' }] }], 'Cannot use silences[0].matchers[0]: want a text such as severity="info"'],
    [[{ matchers: [{ name: 'a', value: 'b', isEqual: 'no' }] }], 'Cannot use silences[0].matchers[0]: want'],
    [[{ matchers: ['a="b"'], endsAt: 'soon' }], 'Cannot use silences[0].endsAt: want a time such as'],
    [[{ matchers: ['a="b"'], startsAt: 2026 }], 'Cannot use silences[0].startsAt: want a time such as'],
    [[{ matchers: ['a="b"'], comment: 7 }], 'Cannot use silences[0].comment: want a text'],
  ];
  for (const [value, message] of refused)
    it(`refuses ${JSON.stringify(value)}`, () => {
      assert.throws(
        () => readSilences(value, 'silences', context),
        (error) => error instanceof SyntaxError && error.message.startsWith(message),
      );
    });
});
