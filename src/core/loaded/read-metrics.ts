import { formatTime } from '../../base/time.ts';
import type { ReloadFacts } from './read-answers.ts';

/** What `/metrics` of an Alertmanager or a Thanos says of the last reload. */
export interface ReloadMetrics extends ReloadFacts {
  /** Of the file in force, where the program tells it. */
  readonly hash: number | undefined;
  /** Of the program; undefined where it does not tell. */
  readonly version: string | undefined;
}

/** What the names of the program's metrics begin with. */
export interface MetricNames {
  /** Such as "alertmanager_config". */
  readonly reloads: string;
  /** The metric whose label says the version. */
  readonly build: string;
}

/** Undefined when these are no such metrics. */
export function readReloadMetrics(text: string, { reloads, build }: MetricNames): ReloadMetrics | undefined {
  const succeeded = readValue(text, `${reloads}_last_reload_successful`);
  const seconds = readValue(text, `${reloads}_last_reload_success_timestamp_seconds`);
  if (succeeded === undefined || seconds === undefined) return undefined;
  return {
    succeeded: succeeded === 1,
    loadedAt: formatTime(seconds * 1000),
    hash: readValue(text, `${reloads}_hash`),
    version: /\bversion="([^"]*)"/.exec(readLine(text, build) ?? '')?.[1],
  };
}

/** The first sample of a metric, from behind its name on. */
function readLine(text: string, name: string): string | undefined {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const isWhole = (at === 0 || text[at - 1] === '\n') && /[ {]/.test(text[at + name.length] ?? '');
    if (!isWhole) continue;
    const end = text.indexOf('\n', at);
    return text.slice(at + name.length, end < 0 ? text.length : end);
  }
  return undefined;
}

/** Of a metric without labels. */
function readValue(text: string, name: string): number | undefined {
  const value = Number(readLine(text, name) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}
