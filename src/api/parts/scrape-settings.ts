import { quantity, scrapeProtocol } from './scalars.ts';
import { count, flag, nonEmpty, optional, setOf } from '../schema.ts';

export const scrapeLimits = {
  keepDroppedTargets: optional(count, ''),
  labelLimit: optional(count, ''),
  labelNameLengthLimit: optional(count, ''),
  labelValueLengthLimit: optional(count, ''),
  sampleLimit: optional(count, ''),
  targetLimit: optional(count, ''),
};

export const nativeHistogramFields = {
  convertClassicHistogramsToNHCB: optional(flag, ''),
  nativeHistogramBucketLimit: optional(count, ''),
  nativeHistogramMinBucketFactor: optional(quantity, ''),
  scrapeClassicHistograms: optional(flag, ''),
  scrapeNativeHistograms: optional(flag, ''),
};

export const scrapeSettings = {
  fallbackScrapeProtocol: optional(scrapeProtocol, ''),
  scrapeClass: optional(nonEmpty, ''),
  scrapeProtocols: optional(setOf(scrapeProtocol), ''),
  ...scrapeLimits,
  ...nativeHistogramFields,
};
