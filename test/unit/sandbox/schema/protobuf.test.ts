import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DecodeError } from '../../../../src/sandbox/schema/conform.ts';
import { readEnvelope, readMessage } from '../../../../src/sandbox/schema/protobuf.ts';
import { parseTypeTable } from '../../../../src/sandbox/schema/type-table.ts';
import { World } from '../harness.ts';

const bytes = (number: number, value: Buffer | string): Buffer => {
  const content = Buffer.from(value);
  return Buffer.concat([Buffer.from([number * 8 + 2, content.length]), content]);
};
const varint = (number: number, value: number): Buffer => Buffer.from([number * 8, value]);
const join = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const envelope = (apiVersion: string, kind: string, raw: Buffer): Buffer =>
  join(Buffer.from('k8s\u0000'), bytes(1, join(bytes(1, apiVersion), bytes(2, kind))), bytes(2, raw));

describe('protocol buffers', () => {
  const table = parseTypeTable([
    'A name:s count:l flag:b list:[s] map:{s} inner:B when:t port:x size:q deep:s#11.2 data:y#12',
    'B value:s',
  ]);
  const read = (...parts: Buffer[]): unknown => readMessage(join(...parts), table.get('A') ?? {});

  it('are read by the numbers of the type table', () => {
    const message = read(
      bytes(1, 'a'),
      varint(2, 7),
      varint(3, 1),
      bytes(4, 'x'),
      bytes(4, 'y'),
      bytes(5, join(bytes(1, 'k'), bytes(2, 'v'))),
      bytes(6, bytes(1, 'z')),
      bytes(7, join(varint(1, 60), varint(2, 0))),
      bytes(8, join(varint(1, 0), varint(2, 80))),
      bytes(9, bytes(1, '1Gi')),
      bytes(11, bytes(2, 'embedded')),
      bytes(12, 'raw'),
    );
    assert.deepEqual(message, {
      name: 'a',
      count: 7,
      flag: true,
      list: ['x', 'y'],
      map: { k: 'v' },
      inner: { value: 'z' },
      when: '1970-01-01T00:01:00.000000Z',
      port: 80,
      size: '1Gi',
      deep: 'embedded',
      data: 'cmF3',
    });
  });

  it('read a named port and leave absent fields out', () => {
    assert.deepEqual(read(bytes(8, join(varint(1, 1), bytes(3, 'web')))), { port: 'web' });
  });

  it('refuse what is cut off or has no envelope', () => {
    assert.throws(() => read(Buffer.from([10, 5, 1])), DecodeError);
    assert.throws(() => readEnvelope(Buffer.from('{}')), DecodeError);
  });

  it('are taken as the body of a create, as kubectl create namespace sends it', async () => {
    const world = new World();
    const raw = bytes(1, bytes(1, 'web'));
    const headers = { 'content-type': 'application/vnd.kubernetes.protobuf' };
    const { status, body } = await world.send('POST', '/api/v1/namespaces', envelope('v1', 'Namespace', raw), headers);
    assert.deepEqual([status, body.metadata?.name, body.status?.phase], [201, 'web', 'Active']);
  });

  it('of an unknown kind are 400', async () => {
    const headers = { 'content-type': 'application/vnd.kubernetes.protobuf' };
    const world = new World();
    const { status } = await world.send(
      'POST',
      '/api/v1/namespaces',
      envelope('v1', 'Gadget', Buffer.alloc(0)),
      headers,
    );
    assert.equal(status, 400);
  });
});
