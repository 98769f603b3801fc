/** Faults that scenario tests script: rules that say which requests and watch events go wrong, how, and how often. */
import type { ObjectEvent } from '../api.ts';
import type { FaultHook, FaultRequest, RequestFault, RequestVerb, WatchFault } from './hook.ts';

/** Which requests a rule is about; what is left out matches everything. */
export interface FaultMatch {
  readonly verb?: RequestVerb | readonly RequestVerb[];
  readonly group?: string;
  readonly resource?: string;
  /** "" matches only requests without a subresource. */
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly when?: (request: FaultRequest) => boolean;
}

/** A request goes wrong. */
export interface RequestRule {
  readonly match?: FaultMatch;
  readonly fault: RequestFault;
  /** How many matching requests go well first. Default: 0. */
  readonly skip?: number;
  /** How many requests go wrong. Default: all. */
  readonly times?: number;
}

/** An event of a watch goes wrong. `match` is about the watch, `event` about what it was to send. */
export interface WatchRule {
  readonly match?: FaultMatch;
  readonly watch: WatchFault;
  readonly event?: { readonly type?: ObjectEvent['type']; readonly name?: string };
  readonly skip?: number;
  readonly times?: number;
}

export interface Rule {
  /** How many requests or events it has spoilt. */
  readonly hits: number;
  remove(): void;
}

export interface Faults {
  /** To be given to the sandbox's server. */
  readonly hook: FaultHook;
  /** Adds a rule; of several that match, the first added one that is not used up wins. */
  add(rule: RequestRule | WatchRule): Rule;
  /** Removes all rules. */
  clear(): void;
  /** How many requests and events all rules together have spoilt, removed ones included. */
  readonly hits: number;
}

interface Entry {
  readonly rule: RequestRule | WatchRule;
  skip: number;
  left: number;
  hits: number;
}

export function createFaults(): Faults {
  const entries = new Set<Entry>();
  let hits = 0;
  const use = (entry: Entry): boolean => {
    if (entry.left <= 0) return false;
    if (entry.skip > 0) {
      entry.skip -= 1;
      return false;
    }
    entry.left -= 1;
    entry.hits += 1;
    hits += 1;
    return true;
  };
  return {
    hook: {
      onRequest: (request) => {
        for (const entry of entries) {
          const { rule } = entry;
          if ('fault' in rule && isMatch(rule.match, request) && use(entry)) return rule.fault;
        }
        return undefined;
      },
      onWatchEvent: (request, event) => {
        for (const entry of entries) {
          const { rule } = entry;
          if ('watch' in rule && isMatch(rule.match, request) && isEvent(rule, event) && use(entry)) return rule.watch;
        }
        return undefined;
      },
    },
    add: (rule) => {
      const entry: Entry = { rule, skip: rule.skip ?? 0, left: rule.times ?? Number.POSITIVE_INFINITY, hits: 0 };
      entries.add(entry);
      return {
        get hits() {
          return entry.hits;
        },
        remove: () => void entries.delete(entry),
      };
    },
    clear: () => entries.clear(),
    get hits() {
      return hits;
    },
  };
}

function isMatch(match: FaultMatch | undefined, request: FaultRequest): boolean {
  if (match === undefined) return true;
  const { verb, when } = match;
  const verbs = verb === undefined || typeof verb === 'string' ? verb : [...verb];
  const isVerb =
    verbs === undefined || (typeof verbs === 'string' ? verbs === request.verb : verbs.includes(request.verb));
  const fields = ['group', 'resource', 'subresource', 'namespace', 'name'] as const;
  const isSame = fields.every((field) => match[field] === undefined || match[field] === (request[field] ?? ''));
  return isVerb && isSame && (when === undefined || when(request));
}

function isEvent({ event }: WatchRule, { type, object }: ObjectEvent): boolean {
  if (event === undefined) return true;
  const isType = event.type === undefined || event.type === type;
  return isType && (event.name === undefined || event.name === object.metadata.name);
}
