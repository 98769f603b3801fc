import assert from 'node:assert/strict';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, it } from 'node:test';
import { loopbackPageGuard } from '../../../../src/web/page/page-guard.ts';
import { eventually } from '../../../e2e/support/eventually.ts';

import { serve } from './serve-page-app.ts';

describe('the event stream', () => {
  it('is written to the client as things change, and is left when the client goes', async (test) => {
    const { hub, url } = await serve(test, loopbackPageGuard);
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.write('GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    await eventually('the stream is open', () => hub.size === 1 && text.includes('event: state'));
    assert.match(text, /^content-type: text\/event-stream\r$/m);
    assert.match(text, /^content-security-policy: default-src 'self'/m);
    const about = [{ kind: 'ServiceMonitor', namespace: 'shop' }];
    hub.publish({ asOf: 0, rows: [{ list: 'monitors', key: 'a', about }] });
    await eventually('the change is told', () => text.includes('id: abc-1\nevent: change\n'));
    socket.destroy();
    await eventually('the stream is left', () => hub.size === 0);
  });

  it('cuts off a client whose socket takes no more; back with the id of the last event it has nothing missing and nothing twice', async (test) => {
    const { hub, url } = await serve(test, loopbackPageGuard);
    const read = (headers: string): { readonly socket: Socket; text: string; closed: boolean } => {
      const reader = { socket: connect(Number(new URL(url).port), '127.0.0.1'), text: '', closed: false };
      reader.socket.setEncoding('latin1').on('data', (part: string) => (reader.text += part));
      reader.socket.on('error', () => undefined).on('close', () => (reader.closed = true));
      reader.socket.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}\r\n`);
      return reader;
    };
    const numbersOf = (text: string): number[] =>
      [...text.matchAll(/^id: abc-(\d+)\nevent: change\ndata: [^\n]*\n\n/gm)].map(([, number]) => Number(number));
    const slow = read('');
    await eventually(
      'the stream is open',
      () => numbersOf(slow.text).length === 0 && slow.text.includes('event: state'),
    );
    slow.socket.pause();
    const about = [{ kind: 'ServiceMonitor', namespace: 'shop' }];
    const key = 'k'.repeat(100_000);
    await eventually('the slow client is cut off', () => {
      hub.publish({ asOf: 0, rows: [{ list: 'monitors', key, about }] });
      return hub.size === 0;
    });
    slow.socket.resume();
    await eventually('its connection is closed', () => slow.closed);
    const last = Number(/-(\d+)$/.exec(hub.lastId)?.[1]);
    const seen = numbersOf(slow.text);
    assert.ok(seen.length < last, 'something was not taken');
    const back = read(`Last-Event-ID: abc-${seen.at(-1) ?? 0}\r\n`);
    await eventually('it has the last one', () => numbersOf(back.text).at(-1) === last);
    back.socket.destroy();
    assert.deepEqual(
      [...seen, ...numbersOf(back.text)],
      Array.from({ length: last }, (_, index) => index + 1),
    );
  });
});
