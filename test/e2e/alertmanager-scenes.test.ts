import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readRouting } from '../../src/core/alertmanager-config/read-routing.ts';
import type { RoutingConfig } from '../../src/core/alertmanager-config/read-routing.ts';
import { judgeInhibition } from '../../src/core/routing/inhibition.ts';
import { Matching } from '../../src/core/routing/matching.ts';
import type { Labels } from '../../src/core/routing/matching.ts';
import { findMuting, holdsAtTime } from '../../src/core/routing/muting.ts';
import { findSilencing } from '../../src/core/routing/silences.ts';
import type { Silence } from '../../src/core/routing/silences.ts';
import { listAnswers, walkRoutes } from '../../src/core/routing/walk.ts';
import { Zones } from '../../src/base/zones.ts';
import { startAlertmanager } from '../control-plane/alertmanager.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { readAmtoolVersion } from './support/amtool.ts';
import { eventually } from './support/eventually.ts';
import { Hook } from './support/hook.ts';
import { createRandom } from './support/odd-configs.ts';
import { Draw } from './support/random.ts';
import { makeScene } from './support/route-scenes.ts';
import type { RouteScene } from './support/route-scenes.ts';
import { drawSilences, endSilences, postSilences } from './support/scene-silences.ts';

const seed = Number(process.env['STOKER_SCENES_SEED'] ?? 20_265);
const count = Number(process.env['STOKER_SCENES'] ?? 100);

/** What /api/v2/alerts/groups tells of a group, as far as it is looked at. */
interface Group {
  readonly receiver: { readonly name: string };
  readonly alerts: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly fingerprint: string;
    readonly status: Status;
  }[];
}

interface Status {
  readonly silencedBy: readonly string[];
  readonly inhibitedBy: readonly string[];
  readonly mutedBy: readonly string[];
}

const nameAlert = (labels: Iterable<readonly [string, string]>): string => JSON.stringify([...labels].sort());

/** One line for each group that an alert is in: "receiver muted by a,b", "receiver told" or "receiver not told: inhibited". */
type Picture = Readonly<Record<string, readonly string[]>>;

const matching = new Matching();
const zones = new Zones();

/** An alert as /api/v2/alerts has it, as far as it is looked at. */
interface Held {
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly { readonly name: string }[];
  readonly status: Status;
}

/** What /api/v2/alerts says of each alert: its receivers, and the silences that hide it. */
type HeldPicture = Readonly<
  Record<string, { readonly receivers: readonly string[]; readonly silencedBy: readonly string[] }>
>;

interface Prediction {
  readonly routing: RoutingConfig;
  readonly alerts: readonly Labels[];
  readonly inhibitors: ReadonlyMap<string, readonly string[]>;
  readonly silences: readonly Silence[];
}

function predictHeld({ routing: { root }, alerts, silences }: Prediction, at: number): HeldPicture {
  const pictures = alerts.map((labels) => {
    const receivers = listAnswers(walkRoutes(root, labels, matching)).map(({ receiver }) => receiver.value);
    const silencedBy = findSilencing(silences, labels, { at, matching }).map(({ id }) => id);
    return [nameAlert(labels), { receivers: [...new Set(receivers)].sort(), silencedBy: silencedBy.sort() }] as const;
  });
  return Object.fromEntries(pictures);
}

const readHeld = (alerts: readonly Held[]): HeldPicture =>
  Object.fromEntries(
    alerts.map(({ labels, receivers, status }) => [
      nameAlert(Object.entries(labels)),
      {
        receivers: [...new Set(receivers.map(({ name }) => name))].sort(),
        silencedBy: [...status.silencedBy].sort(),
      },
    ]),
  );

/** @param at what time it is there, in milliseconds since 1970. */
function predictGroups(prediction: Prediction, at: number): Picture {
  const { alerts, inhibitors, silences } = prediction;
  const { root, intervals } = prediction.routing;
  const holds = holdsAtTime(intervals, at, zones);
  const pictures = alerts.map((labels) => {
    const name = nameAlert(labels);
    const groups = listAnswers(walkRoutes(root, labels, matching)).map((route) => {
      const receiver = route.receiver.value;
      if (inhibitors.get(name)?.length !== 0) return `${receiver} not told: inhibited`;
      if (findSilencing(silences, labels, { at, matching }).length > 0) return `${receiver} not told: silenced`;
      const muting = findMuting(route, holds);
      if (muting === undefined) return `${receiver} told`;
      // Until 0.34 the active intervals are named alone.
      const names = muting.outsideOf.length > 0 ? muting.outsideOf : muting.mutedBy;
      return `${receiver} muted by ${names.join(',')}`;
    });
    return [name, groups.sort()] as const;
  });
  return Object.fromEntries(pictures);
}

/** @param told "receiver alert" of each notification that has come. */
function readGroups(groups: readonly Group[], told: ReadonlySet<string>): Picture {
  const picture: Record<string, string[]> = {};
  for (const { receiver, alerts } of groups)
    for (const { labels, status } of alerts) {
      const name = nameAlert(Object.entries(labels));
      (picture[name] ??= []).push(`${receiver.name} ${describeStatus(status, told.has(`${receiver.name} ${name}`))}`);
    }
  for (const lines of Object.values(picture)) lines.sort();
  return picture;
}

function describeStatus({ inhibitedBy, silencedBy, mutedBy }: Status, isTold: boolean): string {
  if (inhibitedBy.length > 0) return 'not told: inhibited';
  if (silencedBy.length > 0) return 'not told: silenced';
  // An interval is named once for each of its parts that holds.
  if (mutedBy.length > 0) return `muted by ${[...new Set(mutedBy)].join(',')}`;
  return isTold ? 'told' : 'not told yet';
}

/** Alerts that inhibit each alert, by the first rule that does: Alertmanager names one of them. */
function predictInhibitors({ inhibitRules }: RoutingConfig, alerts: readonly Labels[]): ReadonlyMap<string, string[]> {
  const found = alerts.map((labels) => {
    const rules = judgeInhibition(inhibitRules, labels, { firing: alerts, matching });
    const inhibits = rules.map(({ verdicts }) =>
      alerts.filter((_, at) => verdicts[at]?.verdict === 'inhibits').map((one) => nameAlert(one)),
    );
    return [nameAlert(labels), inhibits.find((names) => names.length > 0) ?? []] as const;
  });
  return new Map(found);
}

function compareInhibition(groups: readonly Group[], predicted: ReadonlyMap<string, string[]>): void {
  const all = groups.flatMap(({ alerts }) => alerts);
  const names = new Map(all.map(({ fingerprint, labels }) => [fingerprint, nameAlert(Object.entries(labels))]));
  for (const { labels, status } of all) {
    const name = nameAlert(Object.entries(labels));
    const ours = predicted.get(name) ?? [];
    const theirs = status.inhibitedBy.map((fingerprint) => names.get(fingerprint) ?? fingerprint);
    assert.equal(theirs.length > 0, ours.length > 0, `${name}: inhibited by ${theirs.join()}, by us ${ours.join()}`);
    for (const one of theirs) assert.ok(ours.includes(one), `${name}: inhibited by ${one}, by us ${ours.join()}`);
  }
}

interface Seen {
  readonly groups: readonly Group[];
  readonly held: readonly Held[];
  /** By the clock of the Alertmanager, which need not be ours. */
  readonly at: number;
}

async function look(url: string): Promise<Seen> {
  const [answer, held] = await Promise.all([fetch(`${url}/api/v2/alerts/groups`), fetch(`${url}/api/v2/alerts`)]);
  return {
    groups: (await answer.json()) as Group[],
    held: (await held.json()) as Held[],
    at: Date.parse(answer.headers.get('date') ?? ''),
  };
}

const hour = 3_600_000;

/** Alerts that began two hours ago. */
async function post(
  url: string,
  alerts: readonly Labels[],
  time: { readonly now: number; readonly endsAt: number },
): Promise<void> {
  const startsAt = new Date(time.now - 2 * hour).toISOString();
  const body = alerts.map((labels) => ({
    labels: Object.fromEntries(labels),
    startsAt,
    endsAt: new Date(time.endsAt).toISOString(),
  }));
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.equal(answer.status, 200, await answer.text());
}

interface Stage {
  readonly url: string;
  readonly hook: Hook;
  /** Of silences, so that scenes are what they are without them. */
  readonly draw: Draw;
  readonly counts: { alerts: number; told: number; muted: number; inhibited: number; silenced: number };
}

async function play({ url, hook, counts, draw }: Stage, { config, alerts }: RouteScene): Promise<void> {
  const routing = readRouting(config, readAmtoolVersion());
  const { at: now } = await look(url);
  const silences = await postSilences(url, drawSilences(draw), now);
  const prediction = { routing, alerts, inhibitors: predictInhibitors(routing, alerts), silences };
  await post(url, alerts, { now, endsAt: now + hour });
  const picture = await eventually('the Alertmanager does what we predict', async () => {
    const { groups, held, at } = await look(url);
    const seen = readGroups(groups, hook.told);
    assert.deepEqual(readHeld(held), predictHeld(prediction, at));
    assert.deepEqual(seen, predictGroups(prediction, at));
    compareInhibition(groups, prediction.inhibitors);
    return seen;
  });
  const lines = Object.values(picture).flat();
  counts.alerts += alerts.length;
  counts.told += lines.filter((line) => line.endsWith(' told')).length;
  counts.muted += lines.filter((line) => line.includes(' muted by ')).length;
  counts.inhibited += lines.filter((line) => line.endsWith(' inhibited')).length;
  counts.silenced += lines.filter((line) => line.endsWith(' silenced')).length;
}

describe('scenes of alerts', { skip: skipWithout('alertmanager') }, () => {
  it('a real Alertmanager sends, mutes, inhibits and silences them as we say', { timeout: 1_800_000 }, async (test) => {
    const draw = new Draw(createRandom(seed));
    const folder = mkdtempSync(join(tmpdir(), 'stoker-scenes-'));
    const configFile = join(folder, 'alertmanager.yml');
    writeFileSync(configFile, '{ route: { receiver: a }, receivers: [{ name: a }] }');
    const alertmanager = await startAlertmanager({ configFile });
    const hook = new Hook((receiver, labels) => `${receiver} ${nameAlert(Object.entries(labels))}`);
    const counts = { alerts: 0, told: 0, muted: 0, inhibited: 0, silenced: 0 };
    const stage = { url: alertmanager.url, hook, draw: new Draw(createRandom(seed + 1)), counts };
    const differences: string[] = [];
    try {
      const url = `${await hook.open()}/`;
      for (let at = 0; at < count; at++) {
        const scene = makeScene(draw, { name: String(at), hook: url });
        writeFileSync(configFile, scene.config);
        await alertmanager.reload();
        await play(stage, scene).catch((error: unknown) => differences.push(`${at}: ${String(error)}`));
        const { at: now } = await look(stage.url);
        await post(stage.url, scene.alerts, { now, endsAt: now - hour });
        await endSilences(stage.url);
      }
    } finally {
      await alertmanager.stop();
      hook.close();
      rmSync(folder, { recursive: true });
    }
    const { alerts, told, muted, inhibited, silenced } = counts;
    test.diagnostic(
      `seed ${seed}: ${count} scenes, ${alerts} alerts; receivers: ${told} told, ${muted} muted, ${inhibited} of ` +
        `inhibited and ${silenced} of silenced alerts; ${differences.length} scenes differ`,
    );
    assert.deepEqual(differences, []);
    assert.ok(
      Math.min(told, muted, inhibited, silenced) > alerts / 10,
      'hardly anything is told, muted, inhibited or silenced',
    );
  });
});
