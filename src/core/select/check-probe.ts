import type { Probe } from '../../api/probe.ts';
import { isLabelName } from '../relabel/validate.ts';
import {
  checkAuthorization,
  checkBasicAuth,
  checkExclusive,
  checkOAuth2,
} from '../field-checks/check-authentication.ts';
import { checkIntervals } from '../field-checks/check-intervals.ts';
import { checkProxy } from '../field-checks/check-proxy.ts';
import { checkRelabelings } from '../field-checks/check-relabelings.ts';
import { checkScrapeClassName } from '../field-checks/check-scrape-class.ts';
import { checkSecretKey, reject, rejectLabelName } from '../field-checks/check-scope.ts';
import { checkTls } from '../field-checks/check-tls.ts';
import type { Findings } from '../findings.ts';
import { checkLabelSelector } from '../selectors/label-selector.ts';
import type { MonitorScope } from './monitor-scope.ts';

const hostWithPort = /^(?:[a-zA-Z0-9](?:[-a-zA-Z0-9_.]*[a-zA-Z0-9])?\.?|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?$/;
const bareIPv6 = /^[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*$/;

function isProberAddress(url: string): boolean {
  if (bareIPv6.test(url)) return true;
  const match = hostWithPort.exec(url);
  const port = Number(match?.[1] ?? 1);
  return match !== null && port >= 1 && port <= 65535;
}

function* checkTargets({ spec }: Probe, scope: MonitorScope): Findings {
  const { staticConfig, ingress } = spec.targets ?? {};
  for (const name of Object.keys(staticConfig?.labels ?? {})) {
    if (!isLabelName(name, scope.version)) yield rejectLabelName('spec.targets.staticConfig.labels', name);
  }
  yield* checkRelabelings(staticConfig?.relabelingConfigs, 'spec.targets.staticConfig.relabelingConfigs', scope);
  yield* checkRelabelings(ingress?.relabelingConfigs, 'spec.targets.ingress.relabelingConfigs', scope);
  if (ingress?.selector !== undefined) yield* checkLabelSelector(ingress.selector, 'spec.targets.ingress.selector');
}

/** Everything that makes a Probe unusable (docs/reference/rendering.md 3.5). */
export function* checkProbe(probe: Probe, scope: MonitorScope): Findings {
  const { spec } = probe;
  yield* checkScrapeClassName(spec.scrapeClass, scope.context);
  if (spec.targets?.staticConfig === undefined && spec.targets?.ingress === undefined)
    yield reject(
      { field: 'spec.targets', reason: 'MissingTargets' },
      'Cannot probe without targets: set "staticConfig" or "ingress"',
    );
  // Prometheus refuses the whole configuration when there are two.
  yield* checkExclusive(spec, ['authorization', 'basicAuth', 'bearerTokenSecret', 'oauth2'], 'spec');
  yield* checkSecretKey(spec.bearerTokenSecret, 'spec.bearerTokenSecret', scope);
  yield* checkBasicAuth(spec.basicAuth, 'spec.basicAuth', scope);
  yield* checkTls(spec.tlsConfig, 'spec.tlsConfig', scope);
  yield* checkAuthorization(spec.authorization, 'spec.authorization', scope);
  yield* checkOAuth2(spec.oauth2, 'spec.oauth2', scope);
  yield* checkIntervals({
    interval: spec.interval,
    timeout: spec.scrapeTimeout,
    intervalField: 'spec.interval',
    timeoutField: 'spec.scrapeTimeout',
    defaultInterval: scope.context.spec.scrapeInterval,
  });
  yield* checkRelabelings(spec.metricRelabelings, 'spec.metricRelabelings', scope);
  yield* checkTargets(probe, scope);
  yield* checkProxy(spec.prober ?? {}, 'spec.prober', scope);
  const url = spec.prober?.url ?? '';
  if (!isProberAddress(url))
    yield reject(
      { field: 'spec.prober.url', reason: 'InvalidProberURL' },
      `Cannot probe through "${url}": want HOST or HOST:PORT without scheme and path`,
    );
}
