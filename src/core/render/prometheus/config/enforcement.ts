import type { ObjectMeta, ResourceType } from '../../../../api/meta.ts';
import { prometheusRuleType } from '../../../../api/prometheus-rule.ts';
import { scrapeKinds } from '../../../monitor.ts';
import type { MonitorKind } from '../../../monitor.ts';
import type { ScrapeContext } from './scrape-context.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { makeRule } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';

const typeOf = (kind: MonitorKind | 'PrometheusRule'): ResourceType =>
  kind === 'PrometheusRule' ? prometheusRuleType : scrapeKinds[kind].type;

/** An entry of spec.excludedFromEnforcement. */
interface Exclusion {
  readonly group?: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name?: string;
}

/** Whether an object keeps its own namespace label (docs/reference/rendering.md 2.1.6). */
export function isExcluded(
  kind: MonitorKind | 'PrometheusRule',
  { namespace = '', name = '' }: ObjectMeta,
  exclusions: readonly Exclusion[] | undefined,
): boolean {
  return (exclusions ?? []).some(
    (one) =>
      one.namespace === namespace &&
      one.resource.toLowerCase() === typeOf(kind).plural &&
      (unlessBlank(one.group) ?? typeOf(kind).group) === typeOf(kind).group &&
      (unlessBlank(one.name) ?? name) === name,
  );
}

/** The rule that overwrites the namespace label, when it is enforced for the object: none or one. */
export function renderNamespaceRule(kind: MonitorKind, metadata: ObjectMeta, context: ScrapeContext): RelabelRule[] {
  const label = unlessBlank(context.spec.enforcedNamespaceLabel);
  if (label === undefined || isExcluded(kind, metadata, context.spec.excludedFromEnforcement)) return [];
  return [
    makeRule('workload.spec.enforcedNamespaceLabel', { target_label: label, replacement: metadata.namespace ?? '' }),
  ];
}
