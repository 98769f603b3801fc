import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import {
  eventsKept,
  heartbeatMs,
  mostEventRows,
  mostStreams,
  mostStreamsOfCaller,
  slowStreamBytes,
  slowStreamMs,
  streamsATurn,
} from '../../../../src/web/limits.ts';
import { EventHub } from '../../../../src/web/page/event-hub.ts';
import type { EventSink, Subscription } from '../../../../src/web/page/event-hub.ts';
import { readEventId } from '../../../../src/web/page/event-id.ts';
import type { ChangedRow } from '../../../../src/web/page/page-event.ts';
import { fullSight } from '../../../../src/web/page/sight.ts';
import type { Sight } from '../../../../src/web/page/sight.ts';

/** A client whose socket takes everything, or nothing while it is `stuck`. */
class Reader implements EventSink {
  text = '';
  stuck = false;
  left = '';
  #then: () => void = () => undefined;
  ended: 'no' | 'end' | 'cut' = 'no';

  write(text: string): void {
    assert.equal(this.ended, 'no', 'nothing is written behind the end');
    if (this.stuck) this.left += text;
    else this.text += text;
  }

  whenTaken(then: () => void): void {
    this.#then = then;
  }

  /** Takes all that it has left. */
  take(): void {
    this.stuck = false;
    this.text += this.left;
    this.left = '';
    this.#then();
  }

  get backlog(): number {
    return this.left.length;
  }

  end(): void {
    this.ended = 'end';
  }

  cut(): void {
    this.ended = 'cut';
  }

  /** Keys of all rows that it was told of, in order. */
  get keys(): string[] {
    return [...this.text.matchAll(/"key":"([^"]*)"/g)].map(([, key = '']) => key);
  }

  get lastId(): string | undefined {
    return [...this.text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1];
  }
}

const row = (key: string, namespace = 'shop'): ChangedRow => ({
  list: 'monitors',
  key,
  about: [{ kind: 'ServiceMonitor', namespace }],
});

function open() {
  const clock = new FakeClock();
  const hub = new EventHub({ clock, epoch: 'abc' });
  const join = (more: Partial<Subscription> = {}): Reader => {
    const sink = new Reader();
    hub.subscribe({ sink, sight: fullSight, after: undefined, ...more });
    return sink;
  };
  const publish = (...keys: string[]): void => hub.publish({ asOf: 0, rows: keys.map((key) => row(key)) });
  return { clock, hub, join, publish };
}

/** Sees the namespaces that are named, and does not know others when it says so. */
const sightOf = (namespaces: readonly string[], others: 'hidden' | 'unknown' = 'hidden'): Sight => ({
  sees: ({ namespace }) => namespaces.includes(namespace) || (others === 'hidden' ? false : undefined),
});

describe('EventHub', () => {
  it('tells all of what came after they joined, in order, each with its id', async () => {
    const { clock, hub, join, publish } = open();
    publish('before');
    const all = Array.from({ length: streamsATurn * 2 + 1 }, () => join());
    publish('a');
    publish('b', 'c');
    await clock.advance(10);
    for (const one of all) assert.deepEqual(one.keys, ['a', 'b', 'c']);
    assert.equal(all[0]?.lastId, 'abc-3');
    assert.equal(hub.lastId, 'abc-3');
  });

  it('gives whoever comes back what they missed, without a gap and without anything twice', async () => {
    const { clock, join, publish } = open();
    const first = join();
    publish('a');
    await clock.advance(10);
    publish('b');
    publish('c');
    const again = join({ after: readEventId(first.lastId ?? '') });
    publish('d');
    await clock.advance(10);
    assert.deepEqual(again.keys, ['b', 'c', 'd']);
  });

  it('tells whoever comes too late, or from another process, to read all again, and goes on from there', async () => {
    const { clock, hub, join, publish } = open();
    const early = join();
    publish('first');
    await clock.advance(10);
    const seen = readEventId(early.lastId ?? '');
    for (let index = 0; index <= eventsKept; index++) publish(`x${index}`);
    const late = join({ after: seen });
    const foreign = join({ after: { epoch: 'other', number: 1 } });
    const future = join({ after: { epoch: 'abc', number: 1e6 } });
    publish('next');
    await clock.advance(10);
    for (const one of [late, foreign, future]) {
      assert.match(one.text, /event: reset/);
      assert.deepEqual(one.keys, ['next']);
      assert.equal(one.lastId, hub.lastId);
    }
    const last = { epoch: 'abc', number: (readEventId(hub.lastId)?.number ?? 0) - eventsKept };
    const inTime = join({ after: last });
    assert.doesNotMatch(inTime.text, /event: reset/);
    assert.equal(inTime.keys.length, eventsKept);
  });

  it('waits for a client that takes nothing, then cuts it off, keeps the others, and gives it what it missed when it is back', async () => {
    const { clock, hub, join } = open();
    const [slow, quick] = [join(), join()];
    slow.stuck = true;
    const count = Math.ceil(slowStreamBytes / 1000) + 50;
    for (let index = 0; index < count; index++) {
      hub.publish({ asOf: 0, rows: [row(`${'n'.repeat(1000)}-${index}`)] });
      await clock.advance(10);
    }
    assert.ok(slow.backlog < slowStreamBytes + 2000, `${slow.backlog} bytes were held for it`);
    assert.deepEqual([slow.ended, hub.size], ['no', 2]);
    await clock.advance(slowStreamMs);
    assert.deepEqual([slow.ended, quick.ended, hub.size], ['cut', 'no', 1]);
    assert.equal(quick.keys.length, count);
    // All that it has taken is the state, so it has seen nothing: it asks for what came after event 0.
    assert.deepEqual(join({ after: { epoch: 'abc', number: 0 } }).keys, quick.keys);
  });

  it('goes on where it stopped with a client that takes all in time, and resets one for which too much came', async () => {
    const { clock, hub, join } = open();
    const [slow, slower] = [join(), join()];
    slow.stuck = slower.stuck = true;
    const publish = async (from: number, to: number): Promise<void> => {
      for (let index = from; index < to; index++) hub.publish({ asOf: 0, rows: [row(`${'n'.repeat(1000)}-${index}`)] });
      await clock.advance(10);
    };
    await publish(0, 100);
    slow.take();
    assert.equal(slow.keys.length, 100);
    await publish(100, eventsKept + 100);
    slower.take();
    assert.equal(slow.keys.length, eventsKept + 100);
    assert.match(slower.text, /event: reset/);
    assert.equal(slower.lastId, hub.lastId);
    await clock.advance(slowStreamMs);
    assert.equal(hub.size, 2);
  });

  it('tells each only of what they may see, with the ids of what they may not', async () => {
    const { clock, hub, join } = open();
    const [tenant, admin] = [join({ sight: sightOf(['shop']) }), join()];
    hub.publish({ asOf: 0, rows: [row('a'), row('b', 'pay')] });
    hub.publish({ asOf: 0, rows: [row('c', 'pay')] });
    hub.publish({ asOf: 0, rows: [row('d')] });
    await clock.advance(10);
    assert.deepEqual(tenant.keys, ['a', 'd']);
    assert.doesNotMatch(tenant.text, /pay/);
    assert.deepEqual(admin.keys, ['a', 'b', 'c', 'd']);
    assert.equal(tenant.lastId, admin.lastId);
  });

  it('ends the stream of whom it cannot say whether they may see a row; they miss nothing when they are back', async () => {
    const { clock, hub, join } = open();
    const tenant = join({ sight: sightOf(['shop'], 'unknown') });
    hub.publish({ asOf: 0, rows: [row('a')] });
    await clock.advance(10);
    hub.publish({ asOf: 0, rows: [row('b', 'new')] });
    await clock.advance(10);
    assert.equal(tenant.ended, 'end');
    assert.deepEqual(tenant.keys, ['a']);
    assert.deepEqual(
      hub.listPlaces().map(({ namespace }) => namespace),
      ['shop', 'new'],
    );
    const back = join({ sight: sightOf(['shop', 'new']), after: readEventId(tenant.lastId ?? '') });
    assert.deepEqual(back.keys, ['b']);
  });

  it('asks anew what somebody sees who comes back: it may have been taken from them', async () => {
    const { clock, hub, join } = open();
    hub.publish({ asOf: 0, rows: [row('a')] });
    await clock.advance(10);
    let sees = true;
    const sight: Sight = { sees: () => sees };
    const after = { epoch: 'abc', number: 0 };
    assert.deepEqual(join({ sight, after }).keys, ['a']);
    sees = false;
    assert.deepEqual(join({ sight, after }).keys, []);
  });

  it('knows each place of kept events once, and those of forgotten ones no more', () => {
    const { hub } = open();
    const listNamespaces = (): string[] => hub.listPlaces().map(({ namespace }) => namespace);
    for (const namespace of ['old', 'shop', 'shop']) hub.publish({ asOf: 0, rows: [row('a', namespace)] });
    assert.deepEqual(listNamespaces(), ['old', 'shop']);
    for (let at = 0; at < eventsKept - 2; at += 1) hub.publish({ asOf: 0, rows: [row('b', 'pay')] });
    assert.deepEqual(listNamespaces(), ['shop', 'pay']);
    for (let at = 0; at < 2; at += 1) hub.publish({ asOf: 0, rows: [row('b', 'pay')] });
    assert.deepEqual(listNamespaces(), ['pay']);
  });

  it('gives an id before the first change: whoever is ended at that misses nothing either', async () => {
    const { clock, hub, join } = open();
    const tenant = join({ sight: sightOf([], 'unknown') });
    assert.equal(tenant.lastId, 'abc-0');
    hub.publish({ asOf: 0, rows: [row('a')] });
    await clock.advance(10);
    assert.equal(tenant.ended, 'end');
    assert.deepEqual(join({ after: readEventId(tenant.lastId) }).keys, ['a']);
  });

  it('names no more rows than a message holds: of more, their lists', async () => {
    const { clock, hub, join } = open();
    const reader = join();
    hub.publish({ asOf: 0, rows: Array.from({ length: mostEventRows + 1 }, (_, index) => row(`r${index}`)) });
    await clock.advance(10);
    assert.deepEqual(reader.keys, []);
    assert.match(reader.text, /"lists":\["monitors"\]/);
  });

  it('says how the watches are: at first, and when that changes', async () => {
    const { clock, hub, join } = open();
    const reader = join();
    assert.match(reader.text, /^id: abc-0\nevent: state\ndata: \{"state":"starting"/);
    hub.setState({ state: 'behind', message: 'May be out of date' });
    hub.setState({ state: 'behind', message: 'May be out of date' });
    await clock.advance(10);
    assert.equal(reader.text.match(/"behind"/g)?.length, 1);
    assert.match(join().text, /"behind"/);
  });

  it('writes a comment where nothing else was written, and ends streams whose time is over', async () => {
    const { clock, hub, join } = open();
    const [lasting, short] = [join(), join({ lifeMs: heartbeatMs * 2 })];
    await clock.advance(heartbeatMs);
    assert.ok([lasting, short].every(({ text }) => text.endsWith(': beat\n\n')));
    await clock.advance(heartbeatMs);
    assert.deepEqual([lasting.ended, short.ended], ['no', 'end']);
    hub.close();
    assert.equal(lasting.ended, 'end');
    assert.equal(hub.size, 0);
  });

  it('serves no more than so many, and of one caller fewer', () => {
    const { hub, join } = open();
    for (let index = 0; index < mostStreamsOfCaller; index++) join({ caller: 'alice' });
    assert.match(hub.findHindrance('alice') ?? '', /100 of yours are open/);
    assert.equal(hub.findHindrance('bob'), undefined);
    while (hub.size < mostStreams) join();
    assert.match(hub.findHindrance('bob') ?? '', /2000 are open/);
    assert.match(hub.findHindrance(undefined) ?? '', /2000 are open/);
  });
});
