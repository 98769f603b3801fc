import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeIgnoredFields } from '../../../../src/core/status/ignored-fields.ts';

const own = (message: string) => ({ object: '', message });

describe('fields that are left out, for the condition Reconciled', () => {
  it('are none where nothing is left out', () => {
    assert.equal(describeIgnoredFields([]), undefined);
  });

  it('are told in the words of whoever left them out, each once', () => {
    const warnings = [
      own('Left out "a": it needs 2'),
      own('Left out "b": it needs 3'),
      own('Left out "a": it needs 2'),
    ];
    assert.equal(describeIgnoredFields(warnings), 'Left out "a": it needs 2; Left out "b": it needs 3');
  });

  it('are counted from the tenth on', () => {
    const warnings = Array.from({ length: 12 }, (_, at) => own(`Left out "f${at}": old`));
    assert.match(describeIgnoredFields(warnings) ?? '', /"f9": old; and 2 more$/);
  });

  it('of selected objects are told of by the objects, of which a few are named', () => {
    const of = (name: string) => ({ object: `ServiceMonitor/a/${name}`, message: 'Left out "x": old' });
    assert.equal(
      describeIgnoredFields([of('m'), own('Left out "a": old'), of('m'), of('n')]),
      'Left out "a": old; fields of 2 selected objects are left out: ServiceMonitor/a/m, ServiceMonitor/a/n',
    );
    const many = Array.from({ length: 5000 }, (_, at) => of(`m${at}`));
    assert.equal(
      describeIgnoredFields(many),
      'Fields of 5000 selected objects are left out: ServiceMonitor/a/m0, ServiceMonitor/a/m1, ServiceMonitor/a/m2 and 4997 more',
    );
    assert.equal(describeIgnoredFields([of('m')]), 'Fields of 1 selected object are left out: ServiceMonitor/a/m');
  });
});
