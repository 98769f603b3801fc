import type { ScrapeClass } from '../../api/parts/scrape-class.ts';
import { unlessBlank } from '../render/shared/rendered-objects.ts';
import { checkClassAuthorization } from './check-authentication.ts';
import { checkRelabelings } from './check-relabelings.ts';
import type { CheckScope } from './check-scope.ts';
import { checkTls } from './check-tls.ts';
import type { Findings } from '../findings.ts';

/** The classes of a workload by name. */
interface KnownClasses {
  readonly classes: ReadonlyMap<string, ScrapeClass>;
}

/** The class that a monitor names must be there. */
export function* checkScrapeClassName(name: string | undefined, { classes }: KnownClasses): Findings {
  const wanted = unlessBlank(name);
  if (wanted === undefined || classes.has(wanted)) return;
  const known = [...classes.keys()].map((one) => `"${one}"`).join(', ') || 'none';
  const message = `Cannot find scrape class "${wanted}": the workload has ${known}`;
  yield { reason: 'UnknownScrapeClass', field: 'spec.scrapeClass', message };
}

/** The classes of a workload (docs/reference/rendering.md 1.13): one bad class stops the whole configuration. */
export function* checkScrapeClasses(classes: readonly ScrapeClass[] | undefined, scope: CheckScope): Findings {
  const defaults = (classes ?? []).filter((one) => one.default === true);
  for (const [at, one] of (classes ?? []).entries()) {
    const field = `spec.scrapeClasses[${at}]`;
    yield* checkRelabelings(one.relabelings, `${field}.relabelings`, scope);
    yield* checkRelabelings(one.metricRelabelings, `${field}.metricRelabelings`, scope);
    yield* checkTls(one.tlsConfig, `${field}.tlsConfig`, scope);
    yield* checkClassAuthorization(one.authorization, `${field}.authorization`, scope);
  }
  if (defaults.length > 1) {
    const message = `Cannot have more than one default scrape class: found ${defaults.map(({ name }) => `"${name}"`).join(', ')}`;
    yield { reason: 'InvalidScrapeClass', field: 'spec.scrapeClasses', message };
  }
}
