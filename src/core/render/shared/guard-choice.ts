import type { GuardMode } from '../../settings.ts';

/** Annotations of a workload; each comes before the operator's flag of the same meaning. */
export const budgetAnnotation = 'stoker.dev/pod-disruption-budget';
export const policyAnnotation = 'stoker.dev/network-policy';

/** What a workload is to have of one kind of guard. */
export type GuardChoice<T> =
  /** The operator has nothing to do with the kind. `asked`: as the annotation asks for it all the same. */
  | { readonly kind: 'untouched'; readonly asked: string | undefined }
  | { readonly kind: 'none' }
  | { readonly kind: 'wanted'; readonly value: T }
  /** What there is stays until the annotation is mended. */
  | { readonly kind: 'unreadable'; readonly problem: string };

export interface GuardQuestion<T> {
  readonly mode: GuardMode;
  /** Of the annotation, as it is written. */
  readonly text: string | undefined;
  /** What "on" means. */
  readonly standard: T;
  /** The value, or what is wrong with the text. */
  readonly read: (text: string) => T | string;
}

/** The annotation counts before the flag, unless the flag is off. */
export function chooseGuard<T extends object>({ mode, text, standard, read }: GuardQuestion<T>): GuardChoice<T> {
  const asked = text?.trim();
  if (mode === 'off') return { kind: 'untouched', asked: asked === 'off' ? undefined : asked };
  if (asked === 'off' || (asked === undefined && mode === 'annotated')) return { kind: 'none' };
  if (asked === 'on' || asked === undefined) return { kind: 'wanted', value: standard };
  const value = read(asked);
  return typeof value === 'string' ? { kind: 'unreadable', problem: value } : { kind: 'wanted', value };
}
