import type { AlertmanagerSpec } from '../../api/alertmanager.ts';
import type { ThanosRulerSpec } from '../../api/thanos-ruler.ts';
import { unlessBlank } from '../render/shared/rendered-objects.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';

/** Paths of deprecated fields in use, for conditions (docs/reference/operator-runtime.md 2.7). */

const imageFields = ['baseImage', 'tag', 'sha'] as const;

type ImageFields = Partial<Record<(typeof imageFields)[number], string>>;

/** Those that spec.image has taken the place of. */
function listImageFields(holder: ImageFields | undefined, path: string): string[] {
  return imageFields.filter((field) => unlessBlank(holder?.[field]) !== undefined).map((field) => `${path}.${field}`);
}

export function listDeprecatedFields({ server }: Pick<PrometheusWorkload, 'server'>): string[] {
  return [...listImageFields(server, 'spec'), ...listImageFields(server?.thanos, 'spec.thanos')];
}

export function listDeprecatedAlertmanagerFields(spec: AlertmanagerSpec): string[] {
  return listImageFields(spec, 'spec');
}

export function listDeprecatedRulerFields({ prometheusRulesExcludedFromEnforce = [] }: ThanosRulerSpec): string[] {
  return prometheusRulesExcludedFromEnforce.length > 0 ? ['spec.prometheusRulesExcludedFromEnforce'] : [];
}
