import type { KubernetesObject } from '../../api/meta.ts';
import { readWindows } from './windows.ts';
import type { Windows } from './windows.ts';

/** Annotations of a workload; each comes before the operator's flag of the same meaning. */
export const disruptionAnnotation = 'stoker.dev/disruption';
export const approvedAnnotation = 'stoker.dev/approved-change';
export const windowAnnotation = 'stoker.dev/maintenance-window';

/** `approve`: pods restart only when somebody has approved it; `allow`: whenever a change asks for it. */
export type DisruptionMode = 'allow' | 'approve';

/** What holds for workloads that say nothing of their own; texts as written. */
export interface DisruptionDefaults {
  readonly mode: DisruptionMode;
  /** "": at all times. */
  readonly window: string;
}

/** When the pods of a workload may be disrupted. */
export interface DisruptionPolicy {
  readonly needsApproval: boolean;
  /** What was approved last, as it was written. */
  readonly approved: string | undefined;
  /** Undefined: at all times. */
  readonly windows: Windows | undefined;
  /** What is wrong with an annotation: until it is mended no pod is disrupted. */
  readonly problem: string | undefined;
}

export function readPolicy({ metadata }: KubernetesObject, defaults: DisruptionDefaults): DisruptionPolicy {
  const annotations = metadata.annotations ?? {};
  const mode = annotations[disruptionAnnotation]?.trim() ?? defaults.mode;
  const written = annotations[windowAnnotation]?.trim() ?? defaults.window;
  const windows = written === '' ? undefined : readWindows(written);
  const problems = [
    ...(isMode(mode) ? [] : [`${disruptionAnnotation}: unknown value "${mode}": want "approve" or "allow"`]),
    ...(typeof windows === 'string' ? [`${windowAnnotation}: ${windows}`] : []),
  ];
  return {
    needsApproval: mode === 'approve',
    approved: annotations[approvedAnnotation]?.trim(),
    windows: typeof windows === 'string' ? undefined : windows,
    problem: problems.length === 0 ? undefined : `annotation ${problems.join('; ')}`,
  };
}

const isMode = (text: string): text is DisruptionMode => text === 'allow' || text === 'approve';
