import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ManagedFieldsEntry } from '../../../../src/api/meta.ts';
import type { JsonObject } from '../../../../src/base/json.ts';
import { applyFields, trackUpdate } from '../../../../src/sandbox/apply/field-manager.ts';
import type { Schema } from '../../../../src/sandbox/schema/schema.ts';
import { StatusError } from '../../../../src/sandbox/status-error.ts';

const text: Schema = { type: 'string' };
const schema: Schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        a: text,
        b: text,
        inner: { type: 'object', properties: { x: text, y: text } },
        atomic: { type: 'array', items: text },
        set: { type: 'array', items: text, 'x-kubernetes-list-type': 'set' },
        ports: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['port', 'protocol'],
          items: {
            type: 'object',
            properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' }, name: text },
          },
        },
      },
    },
  },
};

const write = (manager: string) => ({
  manager,
  apiVersion: 'v1',
  subresource: '',
  time: '2026-01-01T00:00:00Z',
  ignored: [],
});
type State = { object: JsonObject; managed: ManagedFieldsEntry[] };
const nothing: State = { object: {}, managed: [] };

function apply({ object, managed }: State, manager: string, spec: JsonObject, force = false): State {
  return applyFields({ live: object, applied: { spec }, managed }, schema, { ...write(manager), force });
}

function update({ object, managed }: State, manager: string, spec: JsonObject): State {
  const after = { spec };
  return { object: after, managed: trackUpdate({ before: object, after, managed }, schema, write(manager)) };
}

const owners = ({ managed }: State): unknown[] =>
  managed.map(({ manager, operation, fieldsV1 }) => [manager, operation, fieldsV1?.['f:spec']]);

describe('apply', () => {
  it('merges what is named and owns just that', () => {
    const state = apply(update(nothing, 'hand', { a: '1' }), 'one', { b: '2' });
    assert.deepEqual(state.object, { spec: { a: '1', b: '2' } });
    assert.deepEqual(owners(state), [
      ['one', 'Apply', { 'f:b': {} }],
      ['hand', 'Update', { '.': {}, 'f:a': {} }],
    ]);
  });

  it('removes what it no longer names, with what nobody owns below', () => {
    const first = apply(nothing, 'one', { a: '1', inner: { x: '1' } });
    const defaulted = { ...first, object: { spec: { a: '1', inner: { x: '1', y: 'default' } } } };
    assert.deepEqual(apply(defaulted, 'one', { a: '1' }).object, { spec: { a: '1' } });
  });

  it('keeps what another owns too', () => {
    const both = apply(apply(nothing, 'one', { a: '1', b: '1' }), 'two', { b: '1' });
    assert.deepEqual(apply(both, 'one', { a: '1' }).object, { spec: { a: '1', b: '1' } });
  });

  it('refuses to change fields of others, one cause a field, and takes them by force', () => {
    const state = apply(nothing, 'one', { a: '1', b: '1' });
    assert.throws(
      () => apply(state, 'two', { a: '2', b: '2' }),
      (error) =>
        error instanceof StatusError && error.status.code === 409 && error.status.details?.causes?.length === 2,
    );
    const forced = apply(state, 'two', { a: '2' }, true);
    assert.deepEqual(owners(forced), [
      ['one', 'Apply', { 'f:b': {} }],
      ['two', 'Apply', { 'f:a': {} }],
    ]);
  });

  it('names conflicts by manager when there are several', () => {
    const state = apply(update(nothing, 'hand', { a: '1' }), 'one', { b: '1' });
    assert.throws(
      () => apply(state, 'two', { a: '2', b: '2' }),
      /Apply failed with 2 conflicts: conflicts with "hand" using v1:\n- \.spec\.a\nconflicts with "one":\n- \.spec\.b/,
    );
  });

  it('replaces atomic lists, merges sets and lists of keyed objects', () => {
    const first = apply(nothing, 'one', { atomic: ['a'], set: ['a'], ports: [{ port: 80, name: 'x' }] });
    const second = apply(first, 'two', { set: ['b'], ports: [{ port: 81, name: 'y' }] });
    assert.deepEqual(second.object, {
      spec: {
        atomic: ['a'],
        set: ['a', 'b'],
        ports: [
          { port: 80, name: 'x' },
          { port: 81, name: 'y' },
        ],
      },
    });
    const gone = apply(second, 'one', {});
    assert.deepEqual(gone.object, { spec: { set: ['b'], ports: [{ port: 81, name: 'y' }] } });
  });

  it('drops an element that nobody owns any more with all that others set inside it', () => {
    const first = apply(nothing, 'one', { ports: [{ port: 80, name: 'x' }, { port: 81 }] });
    const second = update(first, 'hand', { ports: [{ port: 80, name: 'hand' }, { port: 81 }] });
    assert.deepEqual(apply(second, 'one', { ports: [{ port: 81 }] }).object, { spec: { ports: [{ port: 81 }] } });
  });

  it('takes a missing key at its default for the identity of an element', () => {
    const first = apply(nothing, 'one', { ports: [{ port: 80, protocol: 'TCP', name: 'x' }] });
    const second = apply(first, 'one', { ports: [{ port: 80, name: 'z' }] });
    assert.deepEqual(second.object, { spec: { ports: [{ port: 80, name: 'z' }] } });
  });

  it('keeps elements in the order of the applied list, others beside their neighbours', () => {
    const live = { spec: { ports: [{ port: 1 }, { port: 2 }, { port: 3 }] } };
    const { object } = applyFields(
      { live, applied: { spec: { ports: [{ port: 3 }, { port: 1 }] } }, managed: [] },
      schema,
      { ...write('one'), force: false },
    );
    assert.deepEqual(
      (object as typeof live).spec.ports.map(({ port }) => port),
      [2, 3, 1],
    );
  });
});

describe('update', () => {
  it('takes changed fields over and removes those that are gone from everybody', () => {
    const state = update(apply(nothing, 'one', { a: '1', b: '1' }), 'hand', { a: '2' });
    assert.deepEqual(owners(state), [['hand', 'Update', { 'f:a': {} }]]);
  });

  it('keeps the time of a manager whose fields stay the same', () => {
    const state = update(nothing, 'hand', { a: '1' });
    const later = trackUpdate({ before: state.object, after: { spec: { a: '2' } }, managed: state.managed }, schema, {
      ...write('hand'),
      time: '2027-01-01T00:00:00Z',
    });
    assert.equal(later[0]?.time, '2026-01-01T00:00:00Z');
  });
});
