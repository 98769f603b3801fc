import { createLoadContext } from '../../core/prometheus-config/load-context.ts';
import { Version } from '../../base/version.ts';
import { newestKnown } from '../../core/alertmanager-config/alertmanager-shape.ts';
import type { Labels } from '../../core/routing/matching.ts';
import { readAlert, readLabels } from '../../core/routing/read-labels.ts';
import { Zones } from '../../base/zones.ts';
import type { ClusterFlags } from '../cluster/connect.ts';
import { ExitError, exitCodes } from '../io.ts';

/** What commander makes of the flags of `stoker route`. */
export interface RouteFlags extends ClusterFlags {
  readonly alertmanager?: string;
  readonly offline?: readonly string[];
  readonly output: string;
  readonly at?: string;
  readonly timeZone?: string;
  readonly with?: readonly string[];
  readonly expect?: readonly string[];
  readonly silences?: string;
  readonly alertmanagerUrl?: string;
  readonly to?: string;
  readonly unreachable?: true;
  readonly calendar?: true;
  readonly kubernetesVersion: string;
  readonly featureGates?: string;
  readonly namespaces?: string;
  readonly denyNamespaces?: string;
  readonly alertmanagerConfigNamespaces?: string;
}

/** What is asked, read and checked. */
export interface RouteRequest {
  readonly labels: Labels;
  readonly firing: readonly Labels[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether a time was given: what is muted then is not reached. */
  readonly isTimed: boolean;
  readonly zone: string;
}

const refuse = (message: string): ExitError => new ExitError(exitCodes.usage, message);

/** @param now milliseconds since 1970. @throws {ExitError} for what cannot be read. */
export function readRouteRequest(texts: readonly string[], flags: RouteFlags, now: number): RouteRequest {
  checkMode(texts, flags);
  if (flags.silences !== undefined && flags.alertmanagerUrl !== undefined)
    throw refuse('Cannot use --silences and --alertmanager-url together: silences are from one place');
  const zone = readZone(flags.timeZone);
  const context = createLoadContext(Version.parse(newestKnown), 'utf8');
  return {
    labels: orRefuse(() => readLabels(texts)),
    firing: (flags.with ?? []).map((text) => orRefuse(() => readAlert(text, context))),
    at: flags.at === undefined ? now : readTime(flags.at, zone),
    isTimed: flags.at !== undefined,
    zone,
  };
}

/** What follows --offline is a path, labels too. */
function askForLabels({ offline = [] }: RouteFlags): string {
  const swallowed = offline.find((path) => path.includes('='));
  if (swallowed === undefined) return 'give LABEL=VALUE, or ask with --to, --unreachable or --calendar';
  return `"${swallowed}" was taken for a path of --offline; put the labels before the flags`;
}

const aboutOneAlert = [
  ['--with', 'with'],
  ['--expect', 'expect'],
  ['--silences', 'silences'],
  ['--alertmanager-url', 'alertmanagerUrl'],
] as const;

/** Whether the question is what becomes of one alert. */
export const isAboutOneAlert = ({ to, unreachable, calendar }: RouteFlags): boolean =>
  to === undefined && unreachable !== true && calendar !== true;

/** One question at a time: about an alert, or one of the flags. */
function checkMode(texts: readonly string[], flags: RouteFlags): void {
  const { to, unreachable, calendar } = flags;
  const modes = [
    ...(to === undefined ? [] : ['--to']),
    ...(unreachable === true ? ['--unreachable'] : []),
    ...(calendar === true ? ['--calendar'] : []),
  ];
  const [mode, second] = modes;
  if (mode === undefined) {
    if (texts.length > 0) return;
    throw refuse(`Cannot route without labels: ${askForLabels(flags)}`);
  }
  if (second !== undefined) throw refuse(`Cannot use ${mode} and ${second} together: one question at a time`);
  const foreign = aboutOneAlert.find(([, flag]) => flags[flag] !== undefined);
  if (foreign !== undefined) throw refuse(`Cannot use ${foreign[0]} with ${mode}: it is about one alert`);
  if (texts.length > 0 && mode !== '--calendar')
    throw refuse(`Cannot use labels with ${mode}: it is about the alerts of rules`);
}

/** What is read, refused with its message where it cannot be. @throws {ExitError} */
export function orRefuse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse(error.message);
    throw error;
  }
}

/** The zone of `--time-zone`; the machine's when absent. @throws {ExitError} */
export function readZone(given: string | undefined): string {
  const zone = given ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw refuse(`Cannot read --time-zone "${zone}": want a name such as "Europe/Berlin" or "UTC"`);
  }
}

const timeText = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?)?([Zz]|[-+]\d\d:\d\d)?$/;

/** A time with its offset, or as clocks in the zone show it; a day alone begins at midnight. @throws {ExitError} */
export function readTime(text: string, zone: string): number {
  const [, day = '', time = '00:00', offset] = timeText.exec(text) ?? [];
  const shown = Date.parse(`${day}T${time}Z`);
  const isThere = !Number.isNaN(shown) && new Date(shown).toISOString().startsWith(day);
  const at = offset === undefined ? shown : Date.parse(`${day}T${time}${offset.toUpperCase()}`);
  if (!isThere || Number.isNaN(at))
    throw refuse(`Cannot read --at "${text}": want a time such as "2026-12-24T18:00" or "2026-12-24T18:00:00+01:00"`);
  return offset === undefined ? new Zones().instantOf(shown, zone) : at;
}
