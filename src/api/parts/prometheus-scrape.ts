import { flag, nonEmpty, oneOf, optional, setOf } from '../schema.ts';
import { byteSize, duration, scrapeProtocol } from './scalars.ts';
import { scrapeLimits } from './scrape-settings.ts';

/** Defaults of all scrapes of a Prometheus or agent. */
export const globalScrapeFields = {
  bodySizeLimit: optional(
    byteSize,
    'Largest response in bytes, uncompressed, that a scrape accepts where the monitor does not say.',
    { since: 'Prometheus 2.45.0' },
  ),
  convertClassicHistogramsToNHCB: optional(
    flag,
    'Converts classic histograms to native histograms with custom buckets, where the monitor does not say.',
    { since: 'Prometheus 3.4.0' },
  ),
  nameEscapingScheme: optional(
    oneOf('AllowUTF8', 'Underscores', 'Dots', 'Values'),
    'How names with characters beyond the legacy set are written for targets that cannot send UTF-8, where the monitor does not say.',
    { since: 'Prometheus 3.4.0' },
  ),
  nameValidationScheme: optional(
    oneOf('UTF8', 'Legacy'),
    'Characters that names of metrics and labels may have, where the monitor does not say.',
    { since: 'Prometheus 3.0.0' },
  ),
  scrapeClassicHistograms: optional(
    flag,
    'Scrapes classic histograms also where the target offers a native one, if the monitor does not say.',
    { since: 'Prometheus 3.5.0' },
  ),
  scrapeFailureLogFile: optional(
    nonEmpty,
    'File for failed scrapes. A name without a folder is put on a volume of its own below /var/log/prometheus.',
    { since: 'Prometheus 2.55.0' },
  ),
  scrapeInterval: optional(duration, 'Time between two scrapes where the monitor does not say.', { default: '30s' }),
  scrapeNativeHistograms: optional(flag, 'Whether native histograms are scraped where the monitor does not say.', {
    since: 'Prometheus 3.8.0',
  }),
  scrapeProtocols: optional(
    setOf(scrapeProtocol),
    'Protocols to offer where the monitor does not say, the preferred one first. PrometheusText1.0.0 needs Prometheus 3.0.0.',
    { since: 'Prometheus 2.49.0' },
  ),
  scrapeTimeout: optional(
    duration,
    'How long a scrape may take where the monitor does not say; at most scrapeInterval.',
  ),
  ...scrapeLimits,
};
