import type { KubernetesObject } from '../../api/meta.ts';
import { apiVersionOf, keyOf } from '../../api/meta.ts';
import type { Logger } from '../../base/logger.ts';
import type { Rejected } from '../../core/desired/steps.ts';
import { codeOf } from '../../core/reasons/lookup.ts';
import { describeRejection } from '../../core/rejection.ts';
import type { EventRecorder } from '../../kubernetes/events/event-recorder.ts';

export interface RejectionReporterOptions {
  readonly events: Pick<EventRecorder, 'record'>;
  readonly logger: Logger;
  readonly reportingController: string;
}

/**
 * Tells of rejected objects, once for each new verdict: an Event (docs/reference/operator-runtime.md 6.1) and a log line. The
 * reference repeats both at every sync.
 */
export class RejectionReporter {
  readonly #options: RejectionReporterOptions;
  /** What was told last, by workload and object. */
  readonly #told = new Map<string, ReadonlyMap<string, string>>();

  constructor(options: RejectionReporterOptions) {
    this.#options = options;
  }

  report(workload: KubernetesObject & { kind: string; apiVersion: string }, rejected: readonly Rejected[]): void {
    const key = keyOf(workload);
    const before = this.#told.get(key);
    const now = new Map<string, string>();
    for (const { type, object, rejection } of rejected) {
      const id = `${type.kind}/${keyOf(object)}`;
      const verdict = describeRejection(rejection);
      now.set(id, verdict);
      if (before?.get(id) !== verdict) this.#tell(workload, { type, object, rejection });
    }
    this.#told.set(key, now);
  }

  forget(key: string): void {
    this.#told.delete(key);
  }

  #tell(workload: KubernetesObject, { type, object, rejection }: Rejected): void {
    const { events, logger, reportingController } = this.#options;
    const text = describeRejection(rejection);
    const { reason } = rejection;
    const fields = { kind: type.kind, object: keyOf(object), key: keyOf(workload), reason, code: codeOf(reason) };
    logger.warn('Object rejected', { ...fields, err: text });
    events.record({
      regarding: { ...object, apiVersion: apiVersionOf(type), kind: type.kind },
      related: workload,
      type: 'Warning',
      reason: 'InvalidConfiguration',
      action: type.kind === 'PrometheusRule' ? 'SelectingPrometheusRuleResources' : 'SelectingConfigurationResources',
      note: `"${keyOf(object)}" was rejected due to invalid configuration: ${text}`,
      reportingController,
    });
  }
}
