import { byteSize, duration, scrapeProtocol } from './scalars.ts';
import { scrapeLimits } from './scrape-settings.ts';
import { flag, nonEmpty, oneOf, optional, setOf } from '../schema.ts';

export const globalScrapeFields = {
  bodySizeLimit: optional(byteSize, ''),
  convertClassicHistogramsToNHCB: optional(flag, ''),
  nameEscapingScheme: optional(oneOf('AllowUTF8', 'Underscores', 'Dots', 'Values'), ''),
  nameValidationScheme: optional(oneOf('UTF8', 'Legacy'), ''),
  scrapeClassicHistograms: optional(flag, ''),
  scrapeFailureLogFile: optional(nonEmpty, ''),
  scrapeInterval: optional(duration, '', { default: '30s' }),
  scrapeNativeHistograms: optional(flag, ''),
  scrapeProtocols: optional(setOf(scrapeProtocol), ''),
  scrapeTimeout: optional(duration, ''),
  ...scrapeLimits,
};
