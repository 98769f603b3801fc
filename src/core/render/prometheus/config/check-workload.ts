import { prometheusAgentSpec } from '../../../../api/prometheus-agent.ts';
import { prometheusSpec } from '../../../../api/prometheus.ts';
import { checkAuthorization, checkBasicAuth } from '../../../field-checks/check-authentication.ts';
import { checkIntervals } from '../../../field-checks/check-intervals.ts';
import { checkProxyHeaders } from '../../../field-checks/check-proxy.ts';
import type { CheckScope } from '../../../field-checks/check-scope.ts';
import { checkScrapeClasses } from '../../../field-checks/check-scrape-class.ts';
import { checkShape } from '../../../field-checks/check-shape.ts';
import { checkTls } from '../../../field-checks/check-tls.ts';
import type { Findings } from '../../../findings.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';
import { checkAlertmanager } from './alertmanagers.ts';
import { checkOtlp } from './otlp.ts';
import { checkRemoteRead } from './remote-read.ts';
import { checkRemoteWrite } from './remote-write.ts';
import { checkStorage } from './storage-block.ts';
import { checkTracing } from './tracing.ts';

function* checkApiServer({ spec }: PrometheusWorkload, scope: CheckScope): Findings {
  const server = spec.apiserverConfig;
  if (server === undefined) return;
  const field = 'spec.apiserverConfig';
  yield* checkBasicAuth(server.basicAuth, `${field}.basicAuth`, scope);
  yield* checkAuthorization(server.authorization, `${field}.authorization`, scope);
  yield* checkTls(server.tlsConfig, `${field}.tlsConfig`, scope);
  yield* checkProxyHeaders(server, field, scope);
}

/** Everything in a workload that makes its configuration impossible, besides its version (docs/reference/rendering.md 1.13). */
export function* checkWorkloadConfig(workload: PrometheusWorkload, scope: CheckScope): Findings {
  const { spec, server } = workload;
  yield* checkShape(workload.role === 'server' ? prometheusSpec : prometheusAgentSpec, spec);
  yield* checkScrapeClasses(spec.scrapeClasses, scope);
  yield* checkIntervals({
    interval: spec.scrapeInterval,
    timeout: spec.scrapeTimeout,
    intervalField: 'spec.scrapeInterval',
    timeoutField: 'spec.scrapeTimeout',
    defaultInterval: '30s',
  });
  yield* checkStorage(workload);
  yield* checkOtlp(workload);
  yield* checkTracing(workload, scope);
  yield* checkApiServer(workload, scope);
  for (const [at, one] of (server?.alerting?.alertmanagers ?? []).entries())
    yield* checkAlertmanager(one, `spec.alerting.alertmanagers[${at}]`, scope);
  for (const [at, one] of (spec.remoteWrite ?? []).entries())
    yield* checkRemoteWrite(one, `spec.remoteWrite[${at}]`, scope);
  for (const [at, one] of (server?.remoteRead ?? []).entries())
    yield* checkRemoteRead(one, `spec.remoteRead[${at}]`, scope);
}
