import { parseDuration } from '../../base/durations.ts';
import { unlessBlank } from '../render/shared/rendered-objects.ts';
import type { Findings } from '../findings.ts';

/** Names of the two fields and the workload's interval, which holds when the object has none. */
export interface IntervalFields {
  readonly interval: string | undefined;
  readonly timeout: string | undefined;
  readonly intervalField: string;
  readonly timeoutField: string;
  readonly defaultInterval: string | undefined;
}

function parse(text: string): number | undefined {
  try {
    return parseDuration(text);
  } catch {
    return undefined;
  }
}

/** A scrape must not take longer than the interval; looked at only when a timeout is set (docs/reference/rendering.md 3.2). */
export function* checkIntervals(fields: IntervalFields): Findings {
  const timeout = unlessBlank(fields.timeout);
  if (timeout === undefined) return;
  const reason = 'InvalidScrapeInterval';
  const interval = unlessBlank(fields.interval) ?? fields.defaultInterval ?? '';
  const want = 'want something like 30s, 1m30s or 1h';
  const [longest, wanted] = [parse(interval), parse(timeout)];
  if (longest === undefined)
    yield { reason, field: fields.intervalField, message: `Cannot parse duration "${interval}": ${want}` };
  if (wanted === undefined)
    yield { reason, field: fields.timeoutField, message: `Cannot parse duration "${timeout}": ${want}` };
  if (longest !== undefined && wanted !== undefined && wanted > longest)
    yield {
      reason,
      field: fields.timeoutField,
      message: `Cannot scrape with timeout "${timeout}": it is longer than the interval "${interval}"`,
    };
}
