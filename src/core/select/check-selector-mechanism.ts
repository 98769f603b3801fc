import type { Findings } from '../findings.ts';
import type { ScrapeContext } from '../render/prometheus/config/scrape-context.ts';

const roleSelectorSince = '2.17.0';

/** Selectors of roles need a Prometheus that knows them (docs/reference/rendering.md 3.2). */
export function* checkSelectorMechanism(mechanism: string | undefined, { version }: ScrapeContext): Findings {
  if (mechanism !== 'RoleSelector' || version.isAtLeast(roleSelectorSince)) return;
  yield {
    reason: 'UnsupportedVersion',
    field: 'spec.selectorMechanism',
    message: `Cannot use "RoleSelector" with Prometheus ${version.toString()}: it needs ${roleSelectorSince}`,
  };
}
