import { customKinds } from '../../api/kinds.ts';
import { findReason } from '../../core/reasons/lookup.ts';
import { listedReasons } from '../../core/reasons/lookup.ts';
import type { OverviewFilter } from '../../core/overview/filter.ts';
import { rowStates } from '../../core/overview/overview.ts';
import type { RowState } from '../../core/overview/overview.ts';
import { selectedKinds } from '../../core/select/selected-kinds.ts';
import type { ClusterFlags } from '../cluster/connect.ts';
import type { OperatorFlags } from '../explain/scope-flags.ts';
import { ExitError, exitCodes } from '../io.ts';
import { statusFormats } from './status-formats.ts';

/** What commander makes of the flags of `stoker status`. */
export interface StatusFlags extends ClusterFlags, OperatorFlags {
  readonly offline?: readonly string[];
  readonly namespace?: string;
  readonly workload?: string;
  readonly kind?: readonly string[];
  readonly state?: readonly string[];
  readonly reason?: readonly string[];
  readonly output: string;
  readonly watch?: true;
  readonly kubernetesVersion?: string;
}

/** The flags, read and checked. */
export interface StatusRequest {
  readonly flags: StatusFlags;
  readonly output: string;
  readonly filter: OverviewFilter;
}

const refuse = (message: string): ExitError => new ExitError(exitCodes.usage, message);

/** @throws {ExitError} for flags that cannot be used, or not together. */
export function readStatusRequest(flags: StatusFlags): StatusRequest {
  const { output, namespace, workload } = flags;
  if (!Object.hasOwn(statusFormats, output))
    throw refuse(`Cannot print as "${output}": known are ${Object.keys(statusFormats).join(', ')}`);
  requireWatchable(flags);
  return {
    flags,
    output,
    filter: {
      namespace,
      workload,
      kinds: (flags.kind ?? []).map(readKind),
      states: (flags.state ?? []).map(readState),
      reasons: (flags.reason ?? []).map(readReason),
    },
  };
}

function requireWatchable({ watch, output, offline }: StatusFlags): void {
  if (watch !== true) return;
  if (output === 'yaml') throw refuse(`Cannot print as "${output}" with --watch: known are table, wide, json`);
  if (offline?.includes('-') === true) throw refuse('Cannot use --watch with "-": stdin is read once');
}

const known = Object.keys(selectedKinds);

/** By the words of kubectl. */
function readKind(word: string): string {
  const lower = word.toLowerCase();
  const found = customKinds.find(({ type, shortName }) =>
    [type.kind.toLowerCase(), type.plural, shortName].includes(lower),
  );
  if (found !== undefined && known.includes(found.type.kind)) return found.type.kind;
  throw refuse(`Cannot show kind "${word}": known are ${known.map((kind) => kind.toLowerCase()).join(', ')}`);
}

function readState(word: string): RowState {
  const found = rowStates.find((state) => state === word.toLowerCase());
  if (found === undefined) throw refuse(`Cannot show state "${word}": known are ${rowStates.join(', ')}`);
  return found;
}

function readReason(word: string): string {
  const found = findReason(word);
  if (found === undefined)
    throw refuse(`Cannot show reason "${word}": it is none of ${listedReasons.length}; see stoker explain --code`);
  return found.reason;
}
