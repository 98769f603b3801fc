import type { KubernetesObject } from '../../api/meta.ts';
import type { ObjectKind } from '../explain/kind-words.ts';
import type { ObjectName } from '../explain/model.ts';

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
  /** The object that was searched: of an alert its PrometheusRule; absent of targets, which may be anybody's. */
  readonly holder?: ObjectName;
}

/** What is searched: all of a kind that is known. */
export interface Searched {
  readonly kind: Exclude<ObjectKind, 'Alert'>;
  readonly objects: readonly KubernetesObject[];
}

interface Readable {
  readonly spec?: {
    readonly groups?: readonly { readonly rules?: readonly { readonly alert?: string }[] }[];
    readonly receivers?: readonly { readonly name?: string }[];
    readonly clusterIP?: string;
    readonly targets?: { readonly staticConfig?: { readonly static?: readonly string[] } };
    readonly staticConfigs?: readonly { readonly targets?: readonly string[] }[];
  };
  readonly status?: { readonly podIP?: string; readonly podIPs?: readonly { readonly ip?: string }[] };
}

/** What objects of a kind are found by besides their names. */
const more: Partial<
  Record<Searched['kind'], (object: Readable) => readonly (readonly [SearchHit['found'], string])[]>
> = {
  Pod: ({ status }) => {
    const all = [status?.podIP, ...(status?.podIPs ?? []).map(({ ip }) => ip)];
    return [...new Set(all)].flatMap((ip) => (ip === undefined ? [] : [['address', ip] as const]));
  },
  Service: ({ spec }) =>
    spec?.clusterIP === undefined || spec.clusterIP === 'None' ? [] : [['address', spec.clusterIP]],
  Probe: ({ spec }) => (spec?.targets?.staticConfig?.static ?? []).map((target) => ['address', target]),
  ScrapeConfig: ({ spec }) =>
    (spec?.staticConfigs ?? []).flatMap(({ targets = [] }) => targets.map((target) => ['address', target] as const)),
  PrometheusRule: ({ spec }) =>
    (spec?.groups ?? []).flatMap(({ rules = [] }) =>
      rules.flatMap(({ alert = '' }) => (alert === '' ? [] : [['alert', alert] as const])),
    ),
  AlertmanagerConfig: ({ spec }) =>
    (spec?.receivers ?? []).flatMap(({ name = '' }) => (name === '' ? [] : [['receiver', name] as const])),
};

/** All that an object is found by. */
export function listFoundBy(kind: Searched['kind'], object: KubernetesObject): SearchHit[] {
  const { namespace = '', name = '' } = object.metadata;
  const own = { kind, namespace, name, holder: { kind, namespace, name } };
  const others = more[kind]?.(object as Readable) ?? [];
  return [
    { ...own, found: 'name', text: name },
    ...others.map(([found, text]): SearchHit =>
      found === 'alert' ? { ...own, kind: 'Alert', name: text, found, text } : { ...own, found, text },
    ),
  ];
}
