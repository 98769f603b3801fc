import type { PodMonitor } from '../../api/pod-monitor.ts';
import { checkEndpointClient, checkEndpointRules } from './check-endpoint.ts';
import { checkScrapeClassName } from '../field-checks/check-scrape-class.ts';
import { checkSelectorMechanism } from './check-selector-mechanism.ts';
import type { Findings } from '../findings.ts';
import { checkLabelSelector } from '../selectors/label-selector.ts';
import type { MonitorScope } from './monitor-scope.ts';

/** Everything that makes a PodMonitor unusable (docs/reference/rendering.md 3.4). */
export function* checkPodMonitor({ spec }: PodMonitor, scope: MonitorScope): Findings {
  yield* checkLabelSelector(spec.selector, 'spec.selector');
  yield* checkSelectorMechanism(spec.selectorMechanism, scope.context);
  for (const [at, endpoint] of (spec.podMetricsEndpoints ?? []).entries()) {
    const field = `spec.podMetricsEndpoints[${at}]`;
    yield* checkEndpointRules(endpoint, field, scope);
    yield* checkEndpointClient(endpoint, field, scope);
    yield;
  }
  yield* checkScrapeClassName(spec.scrapeClass, scope.context);
}
