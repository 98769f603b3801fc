import type { ConfigurationChange } from '../../core/configuration/changed-sources.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import type { ObjectName } from '../../core/explain/model.ts';
import type { PartGround } from '../../core/configuration/find-parts.ts';

/** What is written for one workload now. */
export interface KeptConfiguration {
  readonly configuration: Configuration;
  /** Since when it is this one, or known; milliseconds since 1970. */
  readonly writtenAt: number;
  /** What the change did that made it this one; absent when none was seen. */
  readonly change?: ConfigurationChange;
}

/** Where pages of configurations come from. */
export interface ConfigurationSource {
  /** Of all workloads, in no order. */
  list(): readonly KeptConfiguration[];
  readGround(): PartGround;
  /** Calls back with the workload whose configuration became another one, until the function that it gives is called. */
  subscribe(listener: (workload: ObjectName) => void): () => void;
}
