import { count, flag, nonEmpty, optional, setOf } from '../schema.ts';
import { quantity, scrapeProtocol } from './scalars.ts';

/** Limits of a scrape. */
export const scrapeLimits = {
  keepDroppedTargets: optional(
    count,
    'How many targets dropped by relabelling are kept in memory for the targets page; 0 keeps all.',
    { since: 'Prometheus 2.47.0' },
  ),
  labelLimit: optional(count, 'Most labels a sample may have; more fail the scrape. 0 is no limit.', {
    since: 'Prometheus 2.27.0',
  }),
  labelNameLengthLimit: optional(
    count,
    'Longest name of a label in a sample, in bytes; a longer one fails the scrape. 0 is no limit.',
    { since: 'Prometheus 2.27.0' },
  ),
  labelValueLengthLimit: optional(
    count,
    'Longest value of a label in a sample, in bytes; a longer one fails the scrape. 0 is no limit.',
    { since: 'Prometheus 2.27.0' },
  ),
  sampleLimit: optional(
    count,
    'Most samples a scrape may give after relabelling; more fail the scrape. 0 is no limit.',
  ),
  targetLimit: optional(count, 'Most targets a job may have; with more, all of them fail. 0 is no limit.', {
    since: 'Prometheus 2.21.0',
  }),
};

/** How histograms are scraped. */
export const nativeHistogramFields = {
  convertClassicHistogramsToNHCB: optional(
    flag,
    'Converts classic histograms to native histograms with custom buckets.',
    { since: 'Prometheus 3.0.0' },
  ),
  nativeHistogramBucketLimit: optional(
    count,
    'Most buckets of a native histogram; with more, neighbours are merged until it fits. 0 is no limit.',
    { since: 'Prometheus 2.45.0' },
  ),
  nativeHistogramMinBucketFactor: optional(
    quantity,
    'Least growth from one bucket of a native histogram to the next; finer ones are merged.',
    { since: 'Prometheus 2.50.0' },
  ),
  scrapeClassicHistograms: optional(flag, 'Scrapes classic histograms also where the target offers a native one.', {
    since: 'Prometheus 2.45.0',
  }),
  scrapeNativeHistograms: optional(flag, 'Whether native histograms are scraped.', { since: 'Prometheus 3.8.0' }),
};

/** What all objects that describe scrapes have in common. */
export const scrapeSettings = {
  fallbackScrapeProtocol: optional(
    scrapeProtocol,
    'Protocol to assume when a response has no Content-Type or an unknown one.',
    { since: 'Prometheus 3.0.0' },
  ),
  scrapeClass: optional(
    nonEmpty,
    'Name of the scrape class of the Prometheus whose settings are merged in. The default class when not set.',
  ),
  scrapeProtocols: optional(
    setOf(scrapeProtocol),
    'Protocols to offer, the preferred one first. PrometheusText1.0.0 needs Prometheus 3.0.0.',
    { since: 'Prometheus 2.49.0' },
  ),
  ...scrapeLimits,
  ...nativeHistogramFields,
};
