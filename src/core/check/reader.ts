import type { ScrapeContext } from '../render/prometheus/config/scrape-context.ts';
import type { RuleContext } from '../render/rules/context.ts';
import type { Finding } from './finding.ts';

/** A workload that reads monitors and rules. */
export interface Reader {
  /** "Prometheus monitoring/main"; undefined for one that is only supposed. */
  readonly name: string | undefined;
  /** Undefined for a ThanosRuler, which scrapes nothing. */
  readonly context: ScrapeContext | undefined;
  /** Undefined for an agent, which evaluates no rules. */
  readonly rules: RuleContext | undefined;
  /** Identities of what it selects. */
  readonly selected: ReadonlySet<string>;
  /** What its configuration leaves out, by the identity of the monitor that asks for it. */
  readonly warnings: ReadonlyMap<string, readonly Finding[]>;
}
