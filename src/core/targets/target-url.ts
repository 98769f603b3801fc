import { compareBytes } from '../../base/order.ts';
import type { LabelSet } from '../relabel/label-set.ts';
import type { ScrapeJob } from './scrape-job.ts';

const paramPrefix = '__param_';

/** Percent-encodes every byte of what the pattern does not allow. */
function escape(text: string, forbidden: RegExp): string {
  return text.replaceAll(forbidden, (part) =>
    Array.from(Buffer.from(part, 'utf8'), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

const escapePath = (text: string): string => (text === '*' ? text : escape(text, /[^A-Za-z0-9\-_.~$&+,/:;=@]+/g));
const escapeHost = (text: string): string => escape(text, /[^A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]+/g);
const escapeQuery = (text: string): string => escape(text, /[^A-Za-z0-9\-_.~ ]+/g).replaceAll(' ', '+');

/** The URL that is scraped, as Prometheus prints it, from a target's final labels (docs/reference/discovery.md 5.6). */
export function buildTargetUrl(job: ScrapeJob, labels: LabelSet): string {
  const scheme = labels.get('__scheme__') ?? '';
  const host = escapeHost(labels.get('__address__') ?? '');
  const path = escapePath(labels.get('__metrics_path__') ?? '');
  const slash = path === '' || path.startsWith('/') ? '' : '/';
  const query = buildQuery(job, labels);
  return `${scheme === '' ? '' : `${scheme}:`}//${host}${slash}${path}${query === '' ? '' : `?${query}`}`;
}

/** All configured params, of which labels replace the first value. */
function buildQuery({ params }: ScrapeJob, labels: LabelSet): string {
  const values = new Map<string, readonly string[]>(params);
  for (const [label, value] of labels.toMap()) {
    if (!label.startsWith(paramPrefix)) continue;
    const name = label.slice(paramPrefix.length);
    values.set(name, [value, ...(params.get(name) ?? []).slice(1)]);
  }
  const names = [...values.keys()].sort(compareBytes);
  return names
    .flatMap((name) => (values.get(name) ?? []).map((value) => `${escapeQuery(name)}=${escapeQuery(value)}`))
    .join('&');
}
