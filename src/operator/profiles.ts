import { Session } from 'node:inspector/promises';
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';

/** Takes profiles of this process, one at a time; the text opens in the developer tools of Chromium and in VS Code. */
export interface Profiler {
  /** Where time goes: a .cpuprofile of the next `ms` milliseconds. */
  cpu(ms: number): Promise<string>;
  /** Where memory is allocated that is still held: a .heapprofile of the next `ms` milliseconds. It holds no values. */
  heap(ms: number): Promise<string>;
}

/** Nothing is measured, and nothing costs, until a profile is asked for. */
export function createProfiler(clock: Clock): Profiler {
  return {
    cpu: (ms) =>
      inSession(async (session) => {
        await session.post('Profiler.enable');
        await session.post('Profiler.start');
        await sleep(clock, ms);
        const { profile } = await session.post('Profiler.stop');
        return JSON.stringify(profile);
      }),
    heap: (ms) =>
      inSession(async (session) => {
        await session.post('HeapProfiler.startSampling');
        await sleep(clock, ms);
        const { profile } = await session.post('HeapProfiler.stopSampling');
        return JSON.stringify(profile);
      }),
  };
}

async function inSession(take: (session: Session) => Promise<string>): Promise<string> {
  const session = new Session();
  session.connect();
  try {
    return await take(session);
  } finally {
    session.disconnect();
  }
}
