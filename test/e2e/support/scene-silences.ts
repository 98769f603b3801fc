import assert from 'node:assert/strict';
import { readSilences } from '../../../src/cli/running/read-alertmanager.ts';
import type { Silence, SilenceMatcher } from '../../../src/core/routing/silences.ts';
import type { Draw } from './random.ts';
import { drawMatcher, labelNames } from './route-trees.ts';

const hour = 3_600_000;

/** Hours from now on. An Alertmanager takes none that is over: that one is ended by hand. */
const spans = { over: [-2, 1], active: [-2, 1], pending: [1, 2] } as const;

interface DrawnSilence {
  readonly matchers: readonly SilenceMatcher[];
  readonly when: keyof typeof spans;
}

/** An Alertmanager takes no silence that could hide an alert without labels. */
const guard: SilenceMatcher = { name: 'scene', value: '.+', isRegex: true, isEqual: true };

function drawSilence(draw: Draw): DrawnSilence {
  const matchers = Array.from({ length: draw.chance(0.7) ? 1 : 2 }, (): SilenceMatcher => {
    const { name, type, value } = drawMatcher(draw, labelNames);
    return { name, value, isRegex: type.includes('~'), isEqual: type.startsWith('=') };
  });
  return { matchers: [...matchers, guard], when: draw.pick(['active', 'active', 'over', 'pending']) };
}

/** Two or three. */
export const drawSilences = (draw: Draw): DrawnSilence[] =>
  Array.from({ length: 2 + draw.below(2) }, () => drawSilence(draw));

/** Makes them, and reads all that the Alertmanager has, those of former scenes as well. */
export async function postSilences(url: string, drawn: readonly DrawnSilence[], now: number): Promise<Silence[]> {
  for (const { matchers, when } of drawn) {
    const [from, to] = spans[when];
    const answer = await fetch(`${url}/api/v2/silences`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ matchers, createdBy: 'test', comment: when },
        ...{ startsAt: new Date(now + from * hour).toISOString(), endsAt: new Date(now + to * hour).toISOString() },
      }),
    });
    const text = await answer.text();
    assert.equal(answer.status, 200, `${text} ${JSON.stringify(matchers)}`);
    if (when === 'over') await end(url, (JSON.parse(text) as { silenceID: string }).silenceID);
  }
  return listSilences(url);
}

async function listSilences(url: string): Promise<NonNullable<ReturnType<typeof readSilences>>> {
  const told: unknown = await (await fetch(`${url}/api/v2/silences`)).json();
  const silences = readSilences(told);
  assert.ok(silences);
  return silences;
}

async function end(url: string, id: string): Promise<void> {
  const answer = await fetch(`${url}/api/v2/silence/${id}`, { method: 'DELETE' });
  assert.equal(answer.status, 200, `cannot end ${id}`);
}

/** Ends all that are not over. */
export async function endSilences(url: string): Promise<void> {
  for (const { id, state } of await listSilences(url)) if (state !== 'expired') await end(url, id);
}
