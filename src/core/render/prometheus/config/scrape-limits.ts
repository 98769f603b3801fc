import { parseByteSize } from '../../../../base/byte-size.ts';
import { approximateFloat } from '../../../../base/quantity.ts';
import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import type { ScrapeContext } from './scrape-context.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { unlessNone } from './blocks.ts';
import { gated } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';

/** Limits, protocols and histograms of one job, as all monitors have them. */
export interface ScrapeSettings {
  readonly sampleLimit?: number;
  readonly targetLimit?: number;
  readonly labelLimit?: number;
  readonly labelNameLengthLimit?: number;
  readonly labelValueLengthLimit?: number;
  readonly keepDroppedTargets?: number;
  readonly scrapeNativeHistograms?: boolean;
  readonly nativeHistogramBucketLimit?: number;
  readonly nativeHistogramMinBucketFactor?: number | string;
  readonly scrapeClassicHistograms?: boolean;
  readonly convertClassicHistogramsToNHCB?: boolean;
  readonly scrapeProtocols?: readonly string[];
  readonly fallbackScrapeProtocol?: string;
}

/** Where the settings of a job meet those of its class and of its workload. */
export interface SamplingScope {
  readonly scrapeClass: ScrapeClass | undefined;
  readonly context: ScrapeContext;
  readonly scope: RenderScope;
}

/** A job's limit: the user's under the enforced one (docs/reference/rendering.md 2.1.3). */
export function limitJob(
  wanted: number | undefined,
  enforced: number | undefined,
  scope: RenderScope,
): number | undefined {
  if (enforced === undefined || enforced === 0) return wanted;
  if (wanted === undefined || wanted === 0) return scope.gates.isOpen('global limits') ? undefined : enforced;
  return Math.min(wanted, enforced);
}

const nothing: YamlFields = {};

const limitNames = [
  ...(['sampleLimit', 'targetLimit', 'labelLimit', 'labelNameLengthLimit'] as const),
  ...(['labelValueLengthLimit', 'keepDroppedTargets'] as const),
] as const;

const enforcedNames = [
  ...(['enforcedSampleLimit', 'enforcedTargetLimit', 'enforcedLabelLimit'] as const),
  ...(['enforcedLabelNameLengthLimit', 'enforcedLabelValueLengthLimit', 'enforcedKeepDroppedTargets'] as const),
] as const;

const histogramNames = [
  ...(['scrapeNativeHistograms', 'nativeHistogramBucketLimit', 'nativeHistogramMinBucketFactor'] as const),
  ...(['scrapeClassicHistograms', 'convertClassicHistogramsToNHCB'] as const),
] as const;

/** Most monitors say nothing of most of it: nothing is made then, thousands of times. */
const hasAny = <T extends object>(fields: T, names: readonly (keyof T)[]): boolean =>
  names.some((name) => fields[name] !== undefined);

/** The six limits of a job. */
export function renderLimits(settings: ScrapeSettings, { spec }: ScrapeContext, scope: RenderScope): YamlFields {
  if (!hasAny(settings, limitNames) && !hasAny(spec, enforcedNames)) return nothing;
  const limit = (wanted: number | undefined, enforced: number | undefined): number | undefined =>
    limitJob(wanted, enforced, scope);
  return {
    sample_limit: limit(settings.sampleLimit, spec.enforcedSampleLimit),
    target_limit: gated(scope, 'target_limit', limit(settings.targetLimit, spec.enforcedTargetLimit)),
    label_limit: gated(scope, 'label_limit', limit(settings.labelLimit, spec.enforcedLabelLimit)),
    label_name_length_limit: gated(
      scope,
      'label_name_length_limit',
      limit(settings.labelNameLengthLimit, spec.enforcedLabelNameLengthLimit),
    ),
    label_value_length_limit: gated(
      scope,
      'label_value_length_limit',
      limit(settings.labelValueLengthLimit, spec.enforcedLabelValueLengthLimit),
    ),
    keep_dropped_targets: gated(
      scope,
      'keep_dropped_targets',
      limit(settings.keepDroppedTargets, spec.enforcedKeepDroppedTargets),
    ),
  };
}

export function renderHistograms(settings: ScrapeSettings, scope: RenderScope): YamlFields {
  if (!hasAny(settings, histogramNames)) return nothing;
  const { nativeHistogramMinBucketFactor: factor, scrapeClassicHistograms: classic } = settings;
  const isV3 = scope.gates.version.major >= 3;
  return {
    scrape_native_histograms: gated(scope, 'scrape_native_histograms', settings.scrapeNativeHistograms),
    native_histogram_bucket_limit: gated(scope, 'native_histogram_bucket_limit', settings.nativeHistogramBucketLimit),
    native_histogram_min_bucket_factor: gated(
      scope,
      'native_histogram_min_bucket_factor',
      factor === undefined ? undefined : approximateFloat(factor),
    ),
    always_scrape_classic_histograms: isV3 ? classic : undefined,
    scrape_classic_histograms: isV3 ? undefined : gated(scope, 'scrape_classic_histograms', classic),
    convert_classic_histograms_to_nhcb: gated(
      scope,
      'convert_classic_histograms_to_nhcb',
      settings.convertClassicHistogramsToNHCB,
    ),
  };
}

/** The protocols that the version knows; the list may be left empty. */
export function renderProtocols(
  protocols: readonly string[] | undefined,
  scope: RenderScope,
): readonly string[] | undefined {
  const known = gated(scope, 'scrape_protocols', unlessNone(protocols));
  return known?.filter((one) => one !== 'PrometheusText1.0.0' || scope.gates.isOpen(one));
}

/** The protocols of a job, and the one for targets that name none. */
export function renderJobProtocols(
  settings: ScrapeSettings,
  scrapeClass: ScrapeClass | undefined,
  scope: RenderScope,
): YamlFields {
  const fallback = settings.fallbackScrapeProtocol ?? scrapeClass?.fallbackScrapeProtocol;
  if (fallback === undefined && settings.scrapeProtocols === undefined) return nothing;
  return {
    scrape_protocols: renderProtocols(settings.scrapeProtocols, scope),
    fallback_scrape_protocol: gated(scope, 'fallback_scrape_protocol', fallback),
  };
}

function toBytes(size: string | undefined): number {
  try {
    return parseByteSize(unlessBlank(size) ?? '0');
  } catch {
    return 0;
  }
}

/** The smaller of two sizes as it was written; zero and nothing mean "no limit" and never win. */
export function smallerSize(wanted: string | undefined, enforced: string | undefined): string | undefined {
  const [own, cap] = [toBytes(wanted), toBytes(enforced)];
  if (cap === 0) return unlessBlank(wanted) ?? unlessBlank(enforced);
  return own === 0 || cap < own ? enforced : wanted;
}

/** All that bounds and shapes the samples of a job, in the order of most kinds (docs/reference/rendering.md 2.1.3). */
export function renderSampling(
  settings: ScrapeSettings,
  bodySize: string | undefined,
  { scrapeClass, context, scope }: SamplingScope,
): YamlFields {
  return {
    ...renderLimits(settings, context, scope),
    ...renderHistograms(settings, scope),
    ...renderJobProtocols(settings, scrapeClass, scope),
    body_size_limit: renderBodySize(bodySize, context, scope),
  };
}

/** `body_size_limit` of a job. */
export function renderBodySize(
  wanted: string | undefined,
  context: ScrapeContext,
  scope: RenderScope,
): string | undefined {
  return gated(scope, 'body_size_limit', smallerSize(wanted, context.spec.enforcedBodySizeLimit));
}
