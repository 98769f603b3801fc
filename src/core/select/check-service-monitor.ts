import type { Endpoint, ServiceMonitor } from '../../api/service-monitor.ts';
import { listEndpoints } from '../render/prometheus/config/service-monitor.ts';
import { unlessBlank } from '../render/shared/rendered-objects.ts';
import { checkEndpointClient, checkEndpointRules } from './check-endpoint.ts';
import { checkScrapeClassName } from '../field-checks/check-scrape-class.ts';
import { checkSelectorMechanism } from './check-selector-mechanism.ts';
import type { Findings } from '../findings.ts';
import { checkLabelSelector } from '../selectors/label-selector.ts';
import type { MonitorScope } from './monitor-scope.ts';

/** Files of the Prometheus pod may be off limits for those who write ServiceMonitors. */
function* checkFileAccess({ bearerTokenFile, tlsConfig }: Endpoint, field: string): Findings {
  const files = {
    bearerTokenFile,
    'tlsConfig.caFile': tlsConfig?.caFile,
    'tlsConfig.certFile': tlsConfig?.certFile,
    'tlsConfig.keyFile': tlsConfig?.keyFile,
  };
  for (const [name, file] of Object.entries(files)) {
    if (unlessBlank(file) === undefined) continue;
    const message = `Cannot read file "${file ?? ''}": spec.arbitraryFSAccessThroughSMs of the workload denies files, use a Secret`;
    yield { reason: 'FileAccessDenied', field: `${field}.${name}`, message };
  }
}

/** Everything that makes a ServiceMonitor unusable (docs/reference/rendering.md 3.3). */
export function* checkServiceMonitor(monitor: ServiceMonitor, scope: MonitorScope): Findings {
  const { spec } = monitor;
  yield* checkLabelSelector(spec.selector, 'spec.selector');
  yield* checkSelectorMechanism(spec.selectorMechanism, scope.context);
  const denyFiles = scope.context.spec.arbitraryFSAccessThroughSMs?.deny === true;
  for (const [at, endpoint] of listEndpoints(monitor).entries()) {
    const field = `spec.endpoints[${at}]`;
    if (denyFiles) yield* checkFileAccess(endpoint, field);
    yield* checkEndpointClient(endpoint, field, scope);
    yield* checkEndpointRules(endpoint, field, scope);
    yield;
  }
  yield* checkScrapeClassName(spec.scrapeClass, scope.context);
}
