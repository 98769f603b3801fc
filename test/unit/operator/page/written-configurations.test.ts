import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import type { Desired } from '../../../../src/core/desired/steps.ts';
import { PageWork } from '../../../../src/operator/page/page-work.ts';
import { WrittenConfigurations } from '../../../../src/operator/page/written-configurations.ts';
import { mostPageWork, searchTextsMs } from '../../../../src/operator/limits.ts';
import { Turns } from '../../../../src/runtime/turns.ts';
import { RefusalError } from '../../../../src/web/page/page-guard.ts';
import { renderStack, stack } from '../../core/configuration/rendered-stack.ts';

const turns = new Turns({ monotonic: () => performance.now() });

function open() {
  const clock = new FakeClock();
  const written = new WrittenConfigurations({
    clock,
    assets: () => ({ secrets: [], configMaps: [] }),
  });
  const write = async (text: string): Promise<void> => {
    await clock.advance(1000);
    for (const desired of renderStack(text).desired) written.wrote(desired);
  };
  const read = () => written.list().find(({ configuration: { workload } }) => workload.kind === 'Prometheus');
  return { written, write, read, clock, begun: clock.now() };
}

describe('WrittenConfigurations', () => {
  it('knows what was written, since when, and what the last change did', async () => {
    const { write, read, begun } = open();
    await write(stack);
    assert.deepEqual([read()?.writtenAt, read()?.change], [begun + 1000, undefined]);
    await write(stack);
    assert.deepEqual([read()?.writtenAt, read()?.change], [begun + 1000, undefined], 'nothing has changed');
    await write(stack.replace('interval: 15s', 'interval: 20s'));
    assert.deepEqual([read()?.writtenAt, read()?.change?.total], [begun + 3000, 1]);
    await write(stack.replace('interval: 15s', 'interval: 20s'));
    assert.deepEqual([read()?.writtenAt, read()?.change?.total], [begun + 3000, 1]);
  });

  it('tells of each configuration that is another one, as long as somebody listens', async () => {
    const { written, write } = open();
    const told: string[] = [];
    const stop = written.subscribe(({ kind }) => told.push(kind));
    await write(stack);
    await write(stack);
    assert.deepEqual(told.splice(0).sort(), ['Alertmanager', 'Prometheus']);
    await write(stack.replace('interval: 15s', 'interval: 20s'));
    written.forget('Alertmanager', 'monitoring/main');
    assert.deepEqual(told.splice(0), ['Prometheus', 'Alertmanager']);
    stop();
    await write(stack);
    assert.deepEqual(told, []);
  });

  it('forgets what is gone, and what is left to its users', async () => {
    const { written, write, read } = open();
    await write(stack);
    written.forget('Prometheus', 'monitoring/main');
    assert.equal(read(), undefined);
    await write(stack);
    const [desired] = renderStack(stack).desired.filter(({ workload }) => workload.owner.kind === 'Prometheus');
    assert.ok(desired !== undefined);
    written.wrote({ ...desired, config: undefined } as Desired);
    assert.equal(read(), undefined);
  });
});

describe('texts that are searched', () => {
  it('are forgotten a while after the last search', async () => {
    const { written, clock } = open();
    const { texts } = written.readGround();
    await clock.advance(searchTextsMs - 1);
    assert.equal(written.readGround().texts, texts);
    await clock.advance(searchTextsMs);
    assert.notEqual(written.readGround().texts, texts);
  });
});

describe('PageWork', () => {
  function* count(seen: string[], name: string): Generator<undefined, string, undefined> {
    for (let step = 0; step < 3; step += 1) {
      seen.push(name);
      yield;
    }
    return name;
  }

  it('does one after the other, also behind one that fails', async () => {
    const work = new PageWork(turns);
    const seen: string[] = [];
    const failing = work.run(fail());
    const all = Promise.all([work.run(count(seen, 'a')), work.run(count(seen, 'b'))]);
    await assert.rejects(failing, /broken/);
    assert.deepEqual(await all, ['a', 'b']);
    assert.equal(seen.join(''), 'aaabbb');
  });

  it('lets no more wait than are worth it', async () => {
    const work = new PageWork(turns);
    const seen: string[] = [];
    const all = Array.from({ length: mostPageWork }, () => work.run(count(seen, 'x')));
    await assert.rejects(work.run(count(seen, 'y')), RefusalError);
    await Promise.all(all);
    assert.equal(await work.run(count(seen, 'z')), 'z');
    assert.ok(!seen.includes('y'));
  });
});

function* fail(): Generator<undefined, string, undefined> {
  yield;
  throw new Error('broken');
}
