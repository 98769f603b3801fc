import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Logger } from '../../base/logger.ts';
import { describeRejection } from '../../core/rejection.ts';
import type { Rejection } from '../../core/rejection.ts';
import type { Verdict } from '../../core/status/conditions.ts';
import type { Held } from '../../core/disruption/judge-changes.ts';
import { describeContest, isOfOperator } from '../../core/status/contested.ts';
import type { Contest } from '../../core/status/contested.ts';
import type { DesiredWarning } from '../../core/desired/steps.ts';
import type { EventRecorder } from '../../kubernetes/events/event-recorder.ts';
import type { EventRecord } from '../../kubernetes/events/render-event.ts';

interface RemarkReporterOptions {
  readonly events: Pick<EventRecorder, 'record'>;
  readonly logger: Logger;
  readonly reportingController: string;
}

type Subject = KubernetesObject & { readonly kind: string; readonly apiVersion: string };

/**
 * Tells what a sync has to say of the workload's own fields and of what its version cannot have: once for each change, not
 * at every sync. What makes the whole configuration impossible gets an Event that names the field.
 */
export class RemarkReporter {
  readonly #options: RemarkReporterOptions;
  /** What was told last, by workload. */
  readonly #warned = new Map<string, ReadonlySet<string>>();
  readonly #refused = new Map<string, string>();
  readonly #volumes = new Map<string, string>();
  readonly #held = new Map<string, string>();
  readonly #contested = new Map<string, ReadonlySet<string>>();
  readonly #nearLimit = new Set<string>();
  readonly #guards = new Map<string, string>();

  constructor(options: RemarkReporterOptions) {
    this.#options = options;
  }

  /** Fields that were left out of the configuration: those that were not the last time are logged. */
  warn(workload: Subject, warnings: readonly DesiredWarning[]): void {
    const key = keyOf(workload);
    const before = this.#warned.get(key);
    const now = new Set<string>();
    for (const { object, message } of warnings) {
      const id = `${object}: ${message}`;
      if (now.has(id)) continue;
      now.add(id);
      if (before?.has(id) !== true) this.#options.logger.warn('Field left out', { key, object, message });
    }
    this.#warned.set(key, now);
    this.#refused.delete(key);
  }

  /** What others keep changing of what the workload owns: each object is told of once. Returns those that were not before. */
  contest(workload: Subject, contests: readonly Contest[]): readonly Contest[] {
    const key = keyOf(workload);
    const before = this.#contested.get(key);
    const name = (one: Contest): string => `${one.kind} ${one.name}`;
    if (contests.length === 0) this.#contested.delete(key);
    else this.#contested.set(key, new Set(contests.map(name)));
    const found = contests.filter((one) => before?.has(name(one)) !== true);
    for (const one of found) this.#tellContest(workload, one);
    return found;
  }

  #tellContest(workload: Subject, contest: Contest): void {
    const isOperator = isOfOperator(contest);
    const note = isOperator
      ? `Another operator keeps changing "${contest.name}": both rule this ${workload.kind}. ${describeContest(contest)}`
      : describeContest(contest);
    const reason = isOperator ? 'AnotherOperator' : 'FieldsContested';
    this.#options.logger.warn('Somebody else keeps changing what is written', { key: keyOf(workload), err: note });
    this.#record(workload, { type: 'Warning', reason, action: 'Applying', note });
  }

  /** Volumes that cannot have the size that is asked for. Progress is in the condition alone. */
  tellVolumes(workload: Subject, verdict: Verdict | undefined): void {
    const key = keyOf(workload);
    const before = this.#volumes.get(key);
    if (verdict === undefined) this.#volumes.delete(key);
    if (verdict === undefined || verdict.reason === 'VolumesExpanding' || before === verdict.message) return;
    this.#volumes.set(key, verdict.message);
    const { reason, message: note } = verdict;
    this.#options.logger.warn('Volumes have not the size that is asked for', { key, err: note });
    this.#record(workload, { type: 'Warning', reason, action: 'Applying', note });
  }

  /** A change that waits, or (undefined) none any more; another time at which it goes on is no news. */
  hold(workload: Subject, held: Held | undefined): void {
    const { logger } = this.#options;
    const key = keyOf(workload);
    const before = this.#held.get(key);
    if (before === held?.reason) return;
    if (held === undefined) {
      this.#held.delete(key);
      logger.info('Change goes on', { key });
      return;
    }
    this.#held.set(key, held.reason);
    logger.info('Change waits', { key, reason: held.reason, message: held.message });
    this.#record(workload, { type: 'Normal', reason: 'ChangePending', action: 'Applying', note: held.message });
  }

  /** A generated file that will not fit for long: once, until there is room again. The condition goes on to say how full it is. */
  tellRoom(workload: Subject, verdict: Verdict | undefined): void {
    const key = keyOf(workload);
    if (verdict === undefined) this.#nearLimit.delete(key);
    if (verdict === undefined || this.#nearLimit.has(key)) return;
    this.#nearLimit.add(key);
    const { reason, message: note } = verdict;
    this.#options.logger.warn('A generated file is nearly full', { key, err: note });
    this.#record(workload, { type: 'Warning', reason, action: 'RenderingConfiguration', note });
  }

  /** PodDisruptionBudgets and NetworkPolicies that are not as asked for: what was not told the last time. */
  tellGuards(workload: Subject, verdict: Verdict | undefined): void {
    const key = keyOf(workload);
    const before = this.#guards.get(key);
    if (verdict === undefined) this.#guards.delete(key);
    if (verdict === undefined || before === verdict.message) return;
    this.#guards.set(key, verdict.message);
    const { reason, message: note } = verdict;
    this.#options.logger.warn('Guards are not as asked for', { key, err: note });
    this.#record(workload, { type: 'Warning', reason, action: 'Applying', note });
  }

  /** A field of the workload because of which the last good configuration stays. */
  refuse(workload: Subject, rejection: Rejection): void {
    const key = keyOf(workload);
    const text = describeRejection(rejection);
    if (this.#refused.get(key) === text) return;
    this.#refused.set(key, text);
    const about = { type: 'Warning', reason: 'InvalidConfiguration', action: 'RenderingConfiguration' } as const;
    this.#record(workload, { ...about, note: `The last good configuration stays in place: ${text}` });
  }

  #record(regarding: Subject, event: Pick<EventRecord, 'type' | 'reason' | 'action' | 'note'>): void {
    const { events, reportingController } = this.#options;
    events.record({ regarding, ...event, reportingController });
  }

  forget(key: string): void {
    this.#warned.delete(key);
    this.#refused.delete(key);
    this.#volumes.delete(key);
    this.#held.delete(key);
    this.#contested.delete(key);
    this.#nearLimit.delete(key);
    this.#guards.delete(key);
  }
}
