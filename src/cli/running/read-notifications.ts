import type { NotificationCount } from '../../core/explain/running.ts';

const names = { alertmanager_notifications_total: 'sent', alertmanager_notifications_failed_total: 'failed' } as const;

/**
 * alertmanager_notifications_total and alertmanager_notifications_failed_total of /metrics. Versions from 0.27 on tell the
 * receiver where the feature receiver-name-in-metrics is on, and count failures by reason: they are added up here. Undefined
 * when the text has no such metrics.
 */
export function readNotifications(text: unknown): NotificationCount[] | undefined {
  if (typeof text !== 'string') return undefined;
  const counts = new Map<string, { receiver: string; integration: string; sent: number; failed: number }>();
  for (const line of text.split('\n')) {
    const sample = readSample(line);
    if (sample === undefined) continue;
    const receiver = sample.labels.get('receiver_name') ?? '';
    const integration = sample.labels.get('integration') ?? '';
    const key = JSON.stringify([receiver, integration]);
    const count = counts.get(key) ?? { receiver, integration, sent: 0, failed: 0 };
    counts.set(key, count);
    count[sample.what] += sample.value;
  }
  return counts.size === 0 ? undefined : [...counts.values()];
}

interface Sample {
  readonly what: 'sent' | 'failed';
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/** A line of one of the two metrics. */
function readSample(line: string): Sample | undefined {
  const open = line.indexOf('{');
  const name = line.slice(0, Math.max(0, open));
  if (!Object.hasOwn(names, name)) return undefined;
  const labels = new Map<string, string>();
  let at = open + 1;
  while (at < line.length && line[at] !== '}') {
    const equals = line.indexOf('="', at);
    if (equals < 0) return undefined;
    const { value, end } = readQuoted(line, equals + 2);
    labels.set(line.slice(at, equals), value);
    at = line[end] === ',' ? end + 1 : end;
  }
  const value = Number.parseFloat(line.slice(at + 1));
  return Number.isFinite(value) ? { what: names[name as keyof typeof names], labels, value } : undefined;
}

/** A value from behind its opening quote; `end` is behind the closing one. */
function readQuoted(line: string, start: number): { readonly value: string; readonly end: number } {
  let value = '';
  let at = start;
  while (at < line.length && line[at] !== '"') {
    const isEscaped = line[at] === '\\';
    const character = line[isEscaped ? at + 1 : at] ?? '';
    value += isEscaped && character === 'n' ? '\n' : character;
    at += isEscaped ? 2 : 1;
  }
  return { value, end: at + 1 };
}
