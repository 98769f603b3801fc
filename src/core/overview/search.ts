import { compareTexts } from '../../base/order.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { ObjectKind } from '../explain/kind-words.ts';
import { shownHits } from '../limits.ts';

/** Something that can be explained, and why it was found. */
export interface SearchHit {
  /** As `explain` takes it; of a Target the name is its address or URL. */
  readonly kind: ObjectKind | 'Target';
  /** "" for targets. */
  readonly namespace: string;
  readonly name: string;
  readonly found: 'name' | 'alert' | 'receiver' | 'address';
  /** What was found, such as the name of the receiver. */
  readonly text: string;
}

/** What is searched: all of a kind that is known. */
export interface Searched {
  readonly kind: Exclude<ObjectKind, 'Alert'>;
  readonly objects: readonly KubernetesObject[];
}

/** Kinds of objects that are searched, in the order in which equal hits are told. */
export const searchedKinds = [
  ...['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig', 'Service', 'Pod'],
  ...['PrometheusRule', 'AlertmanagerConfig', 'Alertmanager'],
] as readonly Searched['kind'][];

/** How well a text fits: 0 best; undefined not at all. */
function rank(text: string, query: string): number | undefined {
  const lower = text.toLowerCase();
  if (lower === query) return 0;
  if (lower.startsWith(query)) return 1;
  const at = lower.indexOf(query);
  if (at < 0) return undefined;
  return /[-_./]/.test(lower.charAt(at - 1)) ? 2 : 3;
}

interface Ranked {
  readonly hit: SearchHit;
  readonly rank: number;
  readonly order: number;
}

/**
 * What a query may mean, the best first: the name of an object ("cart", "shop/cart"), an alert, a receiver, an address of a Pod, an address
 * with its port, or the URL of a target.
 */
export function search(text: string, searched: readonly Searched[]): SearchHit[] {
  const query = text.trim().toLowerCase();
  if (query === '') return [];
  const ranked: Ranked[] = isAddress(query) ? [{ hit: asTarget(text.trim()), rank: 0, order: -1 }] : [];
  for (const [order, { kind, objects }] of searched.entries())
    for (const object of objects)
      for (const hit of listHits(kind, object)) {
        const found = rankHit(hit, query);
        if (found !== undefined) ranked.push({ hit, rank: found, order });
      }
  const compare = (a: Ranked, b: Ranked): number =>
    a.rank - b.rank ||
    a.order - b.order ||
    compareTexts(`${a.hit.namespace}/${a.hit.name}`, `${b.hit.namespace}/${b.hit.name}`);
  return ranked
    .sort(compare)
    .slice(0, shownHits)
    .map(({ hit }) => hit);
}

/** Names may have their namespace before them. */
function rankHit({ text, namespace, found }: SearchHit, query: string): number | undefined {
  const own = rank(text, query);
  return own === undefined && found === 'name' ? rank(`${namespace}/${text}`, query) : own;
}

/** A URL, or an address with its port. */
const isAddress = (query: string): boolean =>
  /^https?:\/\/./.test(query) || /^(?:[\d.]+|\[[\da-f:]+\]):\d+/.test(query);

const asTarget = (name: string): SearchHit => ({ kind: 'Target', namespace: '', name, found: 'address', text: name });

interface Readable {
  readonly spec?: {
    readonly groups?: readonly { readonly rules?: readonly { readonly alert?: string }[] }[];
    readonly receivers?: readonly { readonly name?: string }[];
  };
  readonly status?: { readonly podIP?: string };
}

/** What an object is found by. */
function listHits(kind: Searched['kind'], object: KubernetesObject): SearchHit[] {
  const { namespace = '', name = '' } = object.metadata;
  const { spec, status } = object as Readable;
  const own = { kind, namespace, name };
  const alerts = (spec?.groups ?? []).flatMap(({ rules = [] }) => rules.flatMap(({ alert = '' }) => alert || []));
  const receivers = (spec?.receivers ?? []).flatMap((receiver) => receiver.name ?? []);
  return [
    { ...own, found: 'name', text: name },
    ...(kind === 'PrometheusRule' ? alerts : []).map((alert): SearchHit => ({
      kind: 'Alert',
      namespace,
      name: alert,
      found: 'alert',
      text: alert,
    })),
    ...(kind === 'AlertmanagerConfig' ? receivers : []).map((receiver): SearchHit => ({
      ...own,
      found: 'receiver',
      text: receiver,
    })),
    ...(kind === 'Pod' && status?.podIP !== undefined
      ? [{ ...own, found: 'address' as const, text: status.podIP }]
      : []),
  ];
}
