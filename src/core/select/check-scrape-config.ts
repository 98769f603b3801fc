import { scrapeConfigSpec } from '../../api/scrape-config.ts';
import type { ScrapeConfig } from '../../api/scrape-config.ts';
import { mechanisms } from '../render/prometheus/config/discovery/mechanisms.ts';
import {
  checkAuthorization,
  checkBasicAuth,
  checkExclusive,
  checkOAuth2,
} from '../field-checks/check-authentication.ts';
import { checkIntervals } from '../field-checks/check-intervals.ts';
import { checkProxy } from '../field-checks/check-proxy.ts';
import { checkRelabelings } from '../field-checks/check-relabelings.ts';
import { reject } from '../field-checks/check-scope.ts';
import { checkScrapeClassName } from '../field-checks/check-scrape-class.ts';
import { checkTls } from '../field-checks/check-tls.ts';
import { checkWords } from '../field-checks/check-words.ts';
import type { Findings } from '../findings.ts';
import type { MonitorScope } from './monitor-scope.ts';

const propertyOf = (schema: object, name: string): object =>
  (schema as { readonly properties?: Readonly<Record<string, object>> }).properties?.[name] ?? {};

/**
 * Versions of mechanisms are looked at for every ScrapeConfig, whether it uses them or not, as the reference does: the kind
 * as a whole needs the version that knows them all.
 */
function* checkDiscovery({ spec }: ScrapeConfig, scope: MonitorScope): Findings {
  for (const { field, since, check } of mechanisms) {
    const items: readonly unknown[] = spec[field] ?? [];
    if (since !== undefined && scope.version.isBelow(since))
      yield reject(
        { field: `spec.${field}`, reason: 'UnsupportedVersion' },
        `Cannot use a ScrapeConfig with Prometheus ${scope.version.toString()}: "${field}" needs ${since}`,
      );
    if (items.length > 0) yield* checkWords(propertyOf(scrapeConfigSpec, field), items, `spec.${field}`);
    for (const [at, item] of items.entries()) yield* check(item as never, `spec.${field}[${at}]`, scope);
  }
}

/** Everything that makes a ScrapeConfig unusable (docs/reference/rendering.md 3.6). */
export function* checkScrapeConfig(scrapeConfig: ScrapeConfig, scope: MonitorScope): Findings {
  const { spec } = scrapeConfig;
  yield* checkScrapeClassName(spec.scrapeClass, scope.context);
  yield* checkRelabelings(spec.relabelings, 'spec.relabelings', scope);
  yield* checkExclusive(spec, ['authorization', 'basicAuth', 'oauth2'], 'spec');
  yield* checkBasicAuth(spec.basicAuth, 'spec.basicAuth', scope);
  yield* checkAuthorization(spec.authorization, 'spec.authorization', scope);
  yield* checkOAuth2(spec.oauth2, 'spec.oauth2', scope);
  yield* checkTls(spec.tlsConfig, 'spec.tlsConfig', scope);
  yield* checkIntervals({
    interval: spec.scrapeInterval,
    timeout: spec.scrapeTimeout,
    intervalField: 'spec.scrapeInterval',
    timeoutField: 'spec.scrapeTimeout',
    defaultInterval: scope.context.spec.scrapeInterval,
  });
  yield* checkProxy(spec, 'spec', scope);
  yield* checkRelabelings(spec.metricRelabelings, 'spec.metricRelabelings', scope);
  yield* checkDiscovery(scrapeConfig, scope);
}
