import { unlessBlank } from '../render/shared/objects.ts';
import type { PrometheusWorkload } from '../render/prometheus/workload.ts';

const imageFields = ['baseImage', 'tag', 'sha'] as const;

/** Paths of fields in use that spec.image has taken the place of (docs/reference/operator-runtime.md 2.7). */
export function listDeprecatedFields({ server }: PrometheusWorkload): string[] {
  const used = (holder: Partial<Record<(typeof imageFields)[number], string>> | undefined, path: string): string[] =>
    imageFields.filter((field) => unlessBlank(holder?.[field]) !== undefined).map((field) => `${path}.${field}`);
  return [...used(server, 'spec'), ...used(server?.thanos, 'spec.thanos')];
}
