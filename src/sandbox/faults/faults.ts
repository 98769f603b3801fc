/** Faults that scenario tests script: rules that say which requests and watch events go wrong, how, and how often. */
import type { EventFacts, EventFate, Fault, FaultHook, RequestFacts, Verb } from '../fault-hook.ts';

/** Which requests a rule is about; what is left out matches everything. */
export interface FaultMatch {
  readonly verb?: Verb | readonly Verb[];
  readonly group?: string;
  readonly resource?: string;
  /** "" matches only requests without a subresource. */
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly when?: (request: RequestFacts) => boolean;
}

interface Amount {
  /** How many matching ones go well first. Default: 0. */
  readonly skip?: number;
  /** How many go wrong. Default: all. */
  readonly times?: number;
}

/** Requests go wrong. */
export interface RequestRule extends Amount {
  readonly match?: FaultMatch;
  readonly fault: Fault;
}

/** Events of watches go wrong: `match` is about the watch, `event` about what it was to send. */
export interface EventRule extends Amount {
  readonly match?: FaultMatch;
  readonly fate: Exclude<EventFate, 'send'>;
  readonly event?: { readonly type?: string; readonly namespace?: string; readonly name?: string };
}

export interface Rule {
  /** How many requests or events it has spoilt. */
  readonly hits: number;
  /** Ends it; its hits stay. */
  remove(): void;
}

export interface Faults {
  /** To be given to the sandbox's server. */
  readonly hook: FaultHook;
  /** Adds a rule; of several that match, the first added one that is not used up wins. */
  add(rule: RequestRule | EventRule): Rule;
  /** Removes all rules. */
  clear(): void;
  /** How many requests and events all rules together have spoilt, removed ones included. */
  readonly hits: number;
}

/** A rule with its counters. */
class Entry implements Rule {
  readonly rule: RequestRule | EventRule;
  hits = 0;
  #skip: number;
  #left: number;
  readonly #remove: (entry: Entry) => void;

  constructor(rule: RequestRule | EventRule, remove: (entry: Entry) => void) {
    this.rule = rule;
    this.#skip = rule.skip ?? 0;
    this.#left = rule.times ?? Number.POSITIVE_INFINITY;
    this.#remove = remove;
  }

  /** Counts a match; true when it is to go wrong. */
  use(): boolean {
    if (this.#left <= 0) return false;
    if (this.#skip > 0) {
      this.#skip -= 1;
      return false;
    }
    this.#left -= 1;
    this.hits += 1;
    return true;
  }

  remove(): void {
    this.#remove(this);
  }
}

export function createFaults(): Faults {
  const entries = new Set<Entry>();
  let removedHits = 0;
  const remove = (entry: Entry): void => {
    if (entries.delete(entry)) removedHits += entry.hits;
  };
  return {
    hook: {
      before: (request) => {
        for (const entry of entries) {
          const { rule } = entry;
          if ('fault' in rule && isMatch(rule.match, request) && entry.use()) return rule.fault;
        }
        return undefined;
      },
      onEvent: (request, event) => {
        for (const entry of entries) {
          const { rule } = entry;
          if ('fate' in rule && isMatch(rule.match, request) && isEvent(rule, event) && entry.use()) return rule.fate;
        }
        return 'send';
      },
    },
    add: (rule) => {
      const entry = new Entry(rule, remove);
      entries.add(entry);
      return entry;
    },
    clear: () => {
      for (const entry of [...entries]) remove(entry);
    },
    get hits() {
      return [...entries].reduce((sum, entry) => sum + entry.hits, removedHits);
    },
  };
}

function isMatch(match: FaultMatch | undefined, request: RequestFacts): boolean {
  if (match === undefined) return true;
  const { verb, when } = match;
  const isVerb = verb === undefined || (typeof verb === 'string' ? [verb] : verb).includes(request.verb);
  const fields = ['group', 'resource', 'subresource', 'namespace', 'name'] as const;
  const isSame = fields.every((field) => match[field] === undefined || match[field] === request[field]);
  return isVerb && isSame && (when === undefined || when(request));
}

function isEvent({ event = {} }: EventRule, facts: EventFacts): boolean {
  const fields = ['type', 'namespace', 'name'] as const;
  return fields.every((field) => event[field] === undefined || event[field] === facts[field]);
}
