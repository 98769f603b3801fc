import { customKinds } from '../../api/kinds.ts';
import { monitorKinds } from '../monitor.ts';
import { selectedKinds } from '../select/selected-kinds.ts';
import type { SelectedKind } from '../select/selected-kinds.ts';
import type { SelectedSubject, Subject } from './facts.ts';

/** The kinds of objects that can be explained. */
export type ObjectKind = Exclude<Subject, { readonly kind: 'Target' }>['kind'];

const kinds = Object.keys(selectedKinds) as SelectedKind[];

/** Whether objects of a kind are used rather than scraped: rules and routes. */
export function isUsedKind(kind: string): kind is SelectedSubject['kind'] {
  return kinds.some((one) => one === kind) && !monitorKinds.some((one) => one === kind);
}

/** The words by which kubectl knows our kinds of that name. */
function listCustomWords<K extends string>(named: readonly K[]): (readonly [word: string, kind: K])[] {
  return customKinds.flatMap(({ type, shortName }) => {
    const kind = named.find((one) => one === type.kind);
    if (kind === undefined) return [];
    const words = [type.plural, type.kind.toLowerCase(), shortName, `${type.plural}.${type.group}`];
    return words.map((word) => [word, kind] as const);
  });
}

/** Every word by which kubectl knows a kind that can be explained. */
const kindWords: ReadonlyMap<string, ObjectKind> = new Map([
  ...listCustomWords<ObjectKind>(kinds),
  ...['alert', 'alerts'].map((word) => [word, 'Alert'] as const),
  ...listCustomWords<ObjectKind>(['Alertmanager']),
  ...['pod', 'pods', 'po'].map((word) => [word, 'Pod'] as const),
  ...['service', 'services', 'svc'].map((word) => [word, 'Service'] as const),
]);

/** The kind that a word of kubectl means, in any case. */
export function findSubjectKind(word: string): ObjectKind | undefined {
  return kindWords.get(word.toLowerCase());
}

/** One word for each kind. */
export function listSubjectKinds(): readonly string[] {
  return [...new Set(kindWords.values())].map((kind) => kind.toLowerCase());
}
