import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { withProgress } from '../../../src/cli/progress.ts';

function openTerminal(isTerminal: boolean) {
  const clock = new FakeClock();
  const said: string[] = [];
  const io = { stderr: (text: string) => void said.push(text), isTerminal, clock };
  return { clock, io, said: () => said.join('').replaceAll('\r\u001b[K', '|') };
}

describe('progress', () => {
  it('says for how long something takes, in a line that goes away', async () => {
    const { clock, io, said } = openTerminal(true);
    const work = async (): Promise<string> => {
      await clock.advance(2_500);
      return 'done';
    };
    assert.equal(await withProgress('Reading', io, work), 'done');
    assert.equal(said(), '|Reading: 1 s|Reading: 2 s|');
    assert.equal(clock.pending, 0);
  });

  it('goes away when it fails, too', async () => {
    const { clock, io, said } = openTerminal(true);
    const work = async (): Promise<never> => {
      await clock.advance(1_000);
      throw new Error('away');
    };
    await assert.rejects(withProgress('Reading', io, work), /away/);
    assert.deepEqual([said(), clock.pending], ['|Reading: 1 s|', 0]);
  });

  it('says nothing of what is quick, and nothing where there is no terminal', async () => {
    const quick = openTerminal(true);
    await withProgress('Reading', quick.io, () => quick.clock.advance(999));
    const piped = openTerminal(false);
    await withProgress('Reading', piped.io, () => piped.clock.advance(5_000));
    assert.deepEqual([quick.said(), piped.said()], ['', '']);
  });
});
