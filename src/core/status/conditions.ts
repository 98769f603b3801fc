import type { WorkloadCondition } from '../../api/parts/status.ts';
import { cutText } from '../../base/cut-text.ts';
import { toldMessageBytes } from '../limits.ts';
import type { ConditionReason } from '../reasons/table.ts';

/** What a condition says, before it is dated. */
export interface Verdict {
  readonly status: string;
  /** "": all is well; several reasons are joined: "NoPodReadyAndSomePodsNotReady". */
  readonly reason: ConditionReason | '' | `${ConditionReason}And${string}`;
  readonly message: string;
}

/** How the last sync ended, as far as the condition Reconciled tells it. */
export type SyncOutcome =
  | {
      readonly kind: 'synced';
      /** Paths of deprecated fields in use. */
      readonly deprecatedFields?: readonly string[];
      /** What was left out because the wanted version does not take it, for people. */
      readonly ignoredFields?: string | undefined;
      /** The configuration is left to the user. */
      readonly unmanaged?: boolean;
      /** No object was selected, of any of these kinds. */
      readonly nothingSelected?: readonly string[];
      /** Why bindings could not be written, if so: all else is as it should be. */
      readonly unwrittenBindings?: string | undefined;
    }
  /** `message` is the text of the error. */
  | { readonly kind: 'failed'; readonly message: string }
  /** The operator has not synced the object since it started. */
  | { readonly kind: 'unknown' };

/** "A, B or C". */
function enumerate(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** The condition Reconciled; what is set last hides the others (docs/reference/operator-runtime.md 2.7). */
export function judgeSync(outcome: SyncOutcome): Verdict {
  if (outcome.kind === 'failed')
    return { status: 'False', reason: 'ReconciliationFailed', message: cutText(outcome.message, toldMessageBytes) };
  if (outcome.kind === 'unknown') {
    return {
      status: 'Unknown',
      reason: 'NotFound',
      message: 'The object has not been reconciled since the operator started',
    };
  }
  const { deprecatedFields = [], ignoredFields, unmanaged = false, nothingSelected = [], unwrittenBindings } = outcome;
  const say = (reason: Verdict['reason'], message: string): Verdict => ({ status: 'True', reason, message });
  if (unwrittenBindings !== undefined) return say('BindingsNotWritten', unwrittenBindings);
  if (nothingSelected.length > 0) return say('NoSelectedResources', `No ${enumerate(nothingSelected)} is selected`);
  if (unmanaged) {
    return say(
      'ConfigurationUnmanaged',
      'The configuration Secret is left to the user, because no selector is set; set one',
    );
  }
  if (ignoredFields !== undefined) return say('IgnoredFields', cutText(ignoredFields, toldMessageBytes));
  if (deprecatedFields.length > 0) {
    return say('DeprecatedFieldsInUse', `Deprecated fields are in use: ${deprecatedFields.join(', ')}`);
  }
  return say('', '');
}

/** The condition with its times: the transition is dated by `now` only when the status is another than before. */
export function dateCondition(
  type: string,
  verdict: Verdict,
  at: {
    readonly before: readonly WorkloadCondition[] | undefined;
    readonly generation: number | undefined;
    readonly now: string;
  },
): WorkloadCondition {
  const last = at.before?.find((condition) => condition.type === type);
  const { status, reason, message } = verdict;
  return {
    type,
    status,
    reason,
    message,
    lastTransitionTime: last?.status === status ? last.lastTransitionTime : at.now,
    ...(at.generation === undefined ? {} : { observedGeneration: at.generation }),
  };
}
