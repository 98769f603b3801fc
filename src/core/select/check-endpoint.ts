import type { PodMetricsEndpoint } from '../../api/pod-monitor.ts';
import type { Endpoint } from '../../api/service-monitor.ts';
import { unlessBlank } from '../render/shared/rendered-objects.ts';
import {
  checkBasicAuth,
  checkExclusive,
  checkOAuth2,
  checkStrictAuthorization,
} from '../field-checks/check-authentication.ts';
import { checkIntervals } from '../field-checks/check-intervals.ts';
import { checkProxy } from '../field-checks/check-proxy.ts';
import { checkRelabelings } from '../field-checks/check-relabelings.ts';
import { checkSecretKey } from '../field-checks/check-scope.ts';
import { checkTls } from '../field-checks/check-tls.ts';
import type { Findings } from '../findings.ts';
import type { MonitorScope } from './monitor-scope.ts';

/** How a Prometheus may authenticate; Prometheus itself refuses two of them. */
const ways = ['authorization', 'basicAuth', 'bearerTokenSecret', 'oauth2'] as const;

/** What the endpoints of ServiceMonitors and PodMonitors have in common: clients. */
export function* checkEndpointClient(
  endpoint: Endpoint | PodMetricsEndpoint,
  field: string,
  scope: MonitorScope,
): Findings {
  const token = unlessBlank(endpoint.bearerTokenSecret?.name) === undefined ? undefined : endpoint.bearerTokenSecret;
  yield* checkExclusive({ ...endpoint, bearerTokenSecret: token }, ways, field);
  // An empty key is unset in old objects; a ServiceMonitor's is looked up all the same.
  yield* checkSecretKey(token, `${field}.bearerTokenSecret`, scope);
  yield* checkBasicAuth(endpoint.basicAuth, `${field}.basicAuth`, scope);
  yield* checkTls(endpoint.tlsConfig, `${field}.tlsConfig`, scope);
  yield* checkOAuth2(endpoint.oauth2, `${field}.oauth2`, scope);
  yield* checkStrictAuthorization(endpoint.authorization, `${field}.authorization`, scope);
  yield* checkProxy(endpoint, field, scope);
}

/** What the endpoints of ServiceMonitors and PodMonitors have in common: times and rules. */
export function* checkEndpointRules(
  endpoint: Endpoint | PodMetricsEndpoint,
  field: string,
  scope: MonitorScope,
): Findings {
  yield* checkIntervals({
    interval: endpoint.interval,
    timeout: endpoint.scrapeTimeout,
    intervalField: `${field}.interval`,
    timeoutField: `${field}.scrapeTimeout`,
    defaultInterval: scope.context.spec.scrapeInterval,
  });
  yield* checkRelabelings(endpoint.relabelings, `${field}.relabelings`, scope);
  yield* checkRelabelings(endpoint.metricRelabelings, `${field}.metricRelabelings`, scope);
}
