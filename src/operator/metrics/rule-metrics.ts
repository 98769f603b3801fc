import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { RuleCounter } from '../target-discovery/rule-counter.ts';

export interface RuleMetrics {
  /** From now on the metric shows what it counts; without it there are no series. */
  follow(counter: Pick<RuleCounter, 'list'>): void;
}

/** Selectors of rules against the targets found (`--target-discovery`). */
export function createRuleMetrics(registry: Registry): RuleMetrics {
  let counter: Pick<RuleCounter, 'list'> | undefined;
  new Gauge({
    name: 'stoker_rules_selectors',
    help: 'Selectors in the rules of a Prometheus by what the targets that it scrapes say of them; impossible ones select nothing',
    labelNames: ['workload_kind', 'workload', 'verdict'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { kind, key, counts } of counter?.list() ?? [])
        for (const verdict of ['impossible', 'possible', 'unknown'] as const)
          this.set({ workload_kind: kind, workload: key, verdict }, counts[verdict]);
    },
  });
  return { follow: (one) => (counter = one) };
}
