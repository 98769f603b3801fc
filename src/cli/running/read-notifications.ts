import type { NotificationCount } from '../../core/explain/running.ts';

const line = /^alertmanager_notifications(_failed)?_total\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\} (\S+)/gm;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/**
 * alertmanager_notifications_total and alertmanager_notifications_failed_total of /metrics. Versions from 0.27 on tell the
 * receiver where the feature receiver-name-in-metrics is on, and count failures by reason: they are added up here. Undefined
 * when the text has no such metrics.
 */
export function readNotifications(text: unknown): NotificationCount[] | undefined {
  if (typeof text !== 'string') return undefined;
  const counts = new Map<string, { receiver: string; integration: string; sent: number; failed: number }>();
  for (const [, failed, labels = '', value] of text.matchAll(line)) {
    const { integration = '', receiver_name: receiver = '' } = readLabels(labels);
    const key = JSON.stringify([receiver, integration]);
    const count = counts.get(key) ?? { receiver, integration, sent: 0, failed: 0 };
    counts.set(key, count);
    count[failed === undefined ? 'sent' : 'failed'] += Number(value);
  }
  return counts.size === 0 ? undefined : [...counts.values()];
}

const escapes: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' };

function readLabels(text: string): Partial<Record<string, string>> {
  const plain = (value: string): string =>
    value.replaceAll(/\\(.)/g, (all, character: string) => escapes[character] ?? all);
  return Object.fromEntries([...text.matchAll(label)].map(([, name = '', value = '']) => [name, plain(value)]));
}
