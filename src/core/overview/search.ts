import { alertmanagerConfigType } from '../../api/alertmanager-config.ts';
import { alertmanagerType } from '../../api/alertmanager.ts';
import { podType, serviceType } from '../../api/builtin-types.ts';
import type { ResourceType } from '../../api/meta.ts';
import { podMonitorType } from '../../api/pod-monitor.ts';
import { probeType } from '../../api/probe.ts';
import { prometheusRuleType } from '../../api/prometheus-rule.ts';
import { scrapeConfigType } from '../../api/scrape-config.ts';
import { serviceMonitorType } from '../../api/service-monitor.ts';
import { groupBy } from '../../base/group-by.ts';
import { visitInBatches } from '../../base/interruptible.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { compareTexts } from '../../base/order.ts';
import { objectsSearchedAtOnce } from '../limits.ts';
import { listFoundBy } from './found-by.ts';
import type { SearchHit, Searched } from './found-by.ts';

/** A kind of objects that are searched. */
interface SearchedType {
  readonly kind: Searched['kind'];
  readonly type: ResourceType;
}

const asSearched = (type: ResourceType): SearchedType => ({ kind: type.kind as Searched['kind'], type });

/** In the order in which equal hits are told. */
export const searchedTypes: readonly SearchedType[] = [
  ...[serviceMonitorType, podMonitorType, probeType, scrapeConfigType, serviceType, podType].map(asSearched),
  ...[prometheusRuleType, alertmanagerConfigType, alertmanagerType].map(asSearched),
];

/** A hit, and whether it is what was asked for to the letter. */
export interface RankedHit {
  readonly hit: SearchHit;
  readonly isExact: boolean;
}

interface Ranked extends RankedHit {
  readonly place: number;
}

/**
 * All that a query may mean, the best first: the name of an object ("cart", "shop/cart"), an alert, a receiver, an address of a
 * Pod or Service, an address with its port, or the URL of a target. Behind a target stand the objects that have its address.
 */
export function* search(text: string, searched: readonly Searched[]): Interruptible<RankedHit[]> {
  const query = readQuery(text);
  if (query.text === '') return [];
  const found: Ranked[] = query.hosts === undefined ? [] : [{ hit: asTarget(text.trim()), isExact: true, place: -1 }];
  for (const [order, { kind, objects }] of searched.entries())
    yield* visitInBatches(objects, objectsSearchedAtOnce, (object) => {
      for (const hit of listFoundBy(kind, object)) {
        const rank = rankHit(hit, query);
        if (rank !== undefined) found.push({ hit, isExact: rank === 0, place: rank * searched.length + order });
      }
    });
  return yield* sortHits(found);
}

/** Each object or alert once, where it fits best. */
function* sortHits(found: readonly Ranked[]): Interruptible<RankedHit[]> {
  const told = new Map<string, RankedHit>();
  const groups = [...groupBy(found, ({ place }) => place)].sort(([a], [b]) => a - b);
  for (const [, group] of groups) {
    for (const { hit, isExact } of group.sort((a, b) => compareTexts(nameOf(a.hit), nameOf(b.hit)))) {
      const key = `${hit.kind} ${nameOf(hit)}`;
      if (!told.has(key)) told.set(key, { hit, isExact });
    }
    yield;
  }
  return [...told.values()];
}

const nameOf = ({ namespace, name }: SearchHit): string => `${namespace}/${name}`;

interface Query {
  readonly text: string;
  /** How the host of an address or URL may stand in an object: with its port, without; undefined for other words. */
  readonly hosts: ReadonlySet<string> | undefined;
}

/** A URL, or an address or name with its port. */
const addressText = /^(?:https?:\/\/.|(?:[\w.-]+|\[[\da-f:.]+\]):\d{1,5}(?:\/|$))/;

function readQuery(text: string): Query {
  const query = text.trim().toLowerCase();
  const url = query.startsWith('http') ? query : `http://${query}`;
  if (!addressText.test(query) || !URL.canParse(url)) return { text: query, hosts: undefined };
  const { host, hostname } = new URL(url);
  const name = /^([^.]+\.[^.]+)\.svc(?:\.|$)/.exec(hostname)?.[1];
  const hosts = [query, host, hostname.replace(/^\[|\]$/g, ''), ...(name === undefined ? [] : [name])];
  return { text: query, hosts: new Set(hosts) };
}

/** How well a hit fits: 0 best; undefined not at all. Names may have their namespace before them. */
function rankHit({ kind, text, namespace, found }: SearchHit, { text: query, hosts }: Query): number | undefined {
  if (hosts === undefined) {
    const own = rankText(text, query);
    return own === undefined && found === 'name' ? rankText(`${namespace}/${text}`, query) : own;
  }
  const address = found === 'address' ? text.toLowerCase() : kind === 'Service' ? `${text}.${namespace}` : undefined;
  return address !== undefined && hosts.has(address) ? 1 : undefined;
}

function rankText(text: string, query: string): number | undefined {
  const lower = text.toLowerCase();
  if (lower === query) return 0;
  if (lower.startsWith(query)) return 1;
  const at = lower.indexOf(query);
  if (at < 0) return undefined;
  return /[-_./]/.test(lower.charAt(at - 1)) ? 2 : 3;
}

const asTarget = (name: string): SearchHit => ({ kind: 'Target', namespace: '', name, found: 'address', text: name });
