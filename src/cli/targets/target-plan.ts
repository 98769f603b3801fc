import type { Version } from '../../base/version.ts';
import type { LoadedJob } from '../../core/targets/scrape-job.ts';
import type { RuleNamer } from '../../core/targets/target-rows.ts';

/** Whose targets are to be found, whatever they are found from. */
export interface TargetPlan {
  /** For messages: "Prometheus monitoring/main" or a path. */
  readonly title: string;
  /** Of the Prometheus whose behaviour is wanted. */
  readonly version: Version;
  readonly jobs: readonly LoadedJob[];
  readonly nameRule: RuleNamer;
  /** The namespace that Prometheus runs in, where that is known. */
  readonly ownNamespace: string | undefined;
  /** What is to be said besides: rejected monitors, refused reads. */
  readonly notes: readonly string[];
}

/** Names no field: of a configuration that users write, the rules are the fields. */
export const nameNoRule: RuleNamer = () => undefined;
