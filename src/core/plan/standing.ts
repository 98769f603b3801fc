import type { KubernetesObject } from '../../api/meta.ts';
import { describeError } from '../../base/errors.ts';
import type { TerminalError } from '../../base/errors.ts';
import { InvalidFieldError } from '../findings.ts';
import type { Desired } from '../desired/steps.ts';
import { listStepObjects } from '../desired/steps.ts';
import type { WorkloadKind, WorkloadObject } from '../kinds/kind.ts';
import type { RenderedWorkload } from '../kinds/render.ts';
import { codeOf } from '../reasons/lookup.ts';
import type { PlanFailure } from './plan-model.ts';

/** What there is of one workload before a change. */
export interface Standing {
  readonly kind: WorkloadKind;
  readonly instance: WorkloadObject;
  /** What it should have had: tells what was rejected. Undefined: it cannot be rendered. */
  readonly desired: Desired | undefined;
  /** Why it is not known what there is of it; nothing is planned then. */
  readonly failures: readonly PlanFailure[];
  /** What a sync finds in the namespace; objects of others among them do no harm. */
  readonly objects: readonly KubernetesObject[];
  /** Those of the objects that go with the workload. */
  readonly owned: readonly KubernetesObject[];
  /** What it is configured by now, as text; undefined when that is not known. */
  readConfig(): string | undefined;
}

/** A workload of which there is what was rendered. */
export function standAsRendered({ kind, instance, desired, failures }: RenderedWorkload): Standing {
  const objects = listStepObjects(desired?.steps ?? []);
  return {
    ...{ kind, instance, desired, objects, owned: objects },
    failures: failures.map((failure) => describeFailure(failure, 'from')),
    readConfig: () => desired?.printConfig(),
  };
}

/** A failure as a plan tells of it. */
export function describeFailure(failure: TerminalError, side: PlanFailure['side']): PlanFailure {
  const code = failure instanceof InvalidFieldError ? { code: codeOf(failure.rejection.reason) } : {};
  return { side, message: describeError(failure), ...code };
}

/** What tells an object from the others of its namespace. */
export const nameOf = ({ kind = '', metadata }: KubernetesObject): string => `${kind}/${metadata.name ?? ''}`;
