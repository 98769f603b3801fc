import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { logFolder } from '../prometheus-paths.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';
import { renderProtocols, smallerSize } from './scrape-limits.ts';
import { gated } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';

/** The schemes as Prometheus names them. */
export const escapingSchemes: Readonly<Record<string, string>> = {
  AllowUTF8: 'allow-utf-8',
  Underscores: 'underscores',
  Dots: 'dots',
  Values: 'values',
};

export function renderEscapingScheme(scheme: string | undefined, scope: RenderScope): string | undefined {
  return gated(scope, 'metric_name_escaping_scheme', escapingSchemes[scheme ?? '']);
}

/** A bare file name goes into the folder that is writable in the pod. */
export function placeLogFile(file: string | undefined): string | undefined {
  const name = unlessBlank(file);
  const bare = name?.replace(/^(?:\.\/)+/, '');
  return bare === undefined || bare.includes('/') ? name : `${logFolder}/${bare}`;
}

/** The smaller of the two that are above zero. */
function limitGlobal(wanted: number | undefined, enforced: number | undefined): number | undefined {
  const limits = [wanted ?? 0, enforced ?? 0].filter((one) => one > 0);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** Limits that hold for every job (docs/reference/rendering.md 1.2). */
export function renderGlobalLimits({ spec }: PrometheusWorkload, scope: RenderScope): YamlFields {
  const limit = (wanted: number | undefined, enforced: number | undefined): number | undefined =>
    gated(scope, 'global limits', limitGlobal(wanted, enforced));
  return {
    body_size_limit: gated(scope, 'global limits', smallerSize(spec.bodySizeLimit, spec.enforcedBodySizeLimit)),
    sample_limit: limit(spec.sampleLimit, spec.enforcedSampleLimit),
    target_limit: limit(spec.targetLimit, spec.enforcedTargetLimit),
    label_limit: limit(spec.labelLimit, spec.enforcedLabelLimit),
    label_name_length_limit: limit(spec.labelNameLengthLimit, spec.enforcedLabelNameLengthLimit),
    label_value_length_limit: limit(spec.labelValueLengthLimit, spec.enforcedLabelValueLengthLimit),
    keep_dropped_targets: gated(
      scope,
      'global.keep_dropped_targets',
      limitGlobal(spec.keepDroppedTargets, spec.enforcedKeepDroppedTargets),
    ),
  };
}

/** What every job inherits besides limits. */
export function renderGlobalSchemes({ spec }: PrometheusWorkload, scope: RenderScope): YamlFields {
  return {
    scrape_failure_log_file: gated(scope, 'scrape_failure_log_file', placeLogFile(spec.scrapeFailureLogFile)),
    metric_name_validation_scheme: gated(
      scope,
      'metric_name_validation_scheme',
      spec.nameValidationScheme?.toLowerCase(),
    ),
    metric_name_escaping_scheme: renderEscapingScheme(spec.nameEscapingScheme, scope),
    convert_classic_histograms_to_nhcb: gated(
      scope,
      'global.convert_classic_histograms_to_nhcb',
      spec.convertClassicHistogramsToNHCB,
    ),
    always_scrape_classic_histograms: gated(
      scope,
      'global.always_scrape_classic_histograms',
      spec.scrapeClassicHistograms,
    ),
    scrape_native_histograms: gated(scope, 'scrape_native_histograms', spec.scrapeNativeHistograms),
  };
}

/** When and in which form everything is scraped. */
export function renderGlobalTimes({ spec }: PrometheusWorkload, scope: RenderScope): YamlFields {
  return {
    // The API server fills in 30s.
    scrape_interval: spec.scrapeInterval ?? '',
    scrape_timeout: unlessBlank(spec.scrapeTimeout),
    scrape_protocols: renderProtocols(spec.scrapeProtocols, scope),
  };
}
