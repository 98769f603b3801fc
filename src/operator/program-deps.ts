import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';

/** What every program of ours is handed: what it was told, and what is not its own to make. */
export interface ProgramDeps<Options> {
  readonly options: Options;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly version: string;
}
