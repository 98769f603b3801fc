import { discoveryFlags } from './discovery-flags.ts';
import { readClient, readLog } from './program-options.ts';
import type { ClientOptions, LogOptions } from './program-options.ts';
import { FlagReader } from './reader.ts';
import type { FlagTexts } from './reader.ts';
import { readChoice } from './values.ts';
import type { WebOptions } from './web.ts';
import { readWeb } from './web.ts';

/** Everything `stoker discovery` was told. */
export interface DiscoveryOptions {
  readonly web: WebOptions;
  readonly client: ClientOptions;
  readonly log: LogOptions;
  readonly authorization: 'tokens' | 'none';
  /** "": answers are not kept. */
  readonly stateDir: string;
  readonly maxStalenessMs: number;
}

/** @throws {OptionError} for a text that cannot be read. */
export function parseDiscoveryOptions(texts: FlagTexts): DiscoveryOptions {
  const reader = new FlagReader(discoveryFlags, texts);
  return Object.freeze({
    web: readWeb(reader),
    client: readClient(reader),
    log: readLog(reader),
    authorization: readChoice('authorization', reader.text('authorization'), ['tokens', 'none'] as const),
    stateDir: reader.text('state-dir'),
    maxStalenessMs: reader.duration('max-staleness'),
  });
}
