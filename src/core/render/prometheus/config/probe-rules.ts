import type { Probe } from '../../../../api/probe.ts';
import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import type { ScrapeContext } from '../../../select/scrape-context.ts';
import { unlessBlank } from '../../shared/objects.ts';
import { keepJobName } from './endpoint.ts';
import { renderNamespaceRule } from './enforcement.ts';
import { copyLabel, makeRule, renderRelabelConfigs } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';
import { renderClassRelabelings } from './scrape-class.ts';
import { renderSelectorRules } from './selector-rules.ts';
import { renderShardingRules } from './sharding-rules.ts';

export interface ProbeRulesInput {
  readonly probe: Probe;
  readonly scrapeClass: ScrapeClass | undefined;
  readonly context: ScrapeContext;
}

const target = '__param_target';

const ingressRules: readonly RelabelRule[] = [
  makeRule('', {
    source_labels: ['__meta_kubernetes_ingress_scheme', '__address__', '__meta_kubernetes_ingress_path'],
    separator: ';',
    regex: '(.+);(.+);(.+)',
    target_label: target,
    replacement: '${1}://${2}${3}',
    action: 'replace',
  }),
  copyLabel('__meta_kubernetes_namespace', 'namespace'),
  copyLabel('__meta_kubernetes_ingress_name', 'ingress'),
  makeRule('', {
    source_labels: ['__address__'],
    separator: ';',
    regex: '(.*)',
    target_label: '__tmp_ingress_address',
    replacement: '$1',
    action: 'replace',
  }),
];

/** What is probed becomes the parameter "target" and the label "instance"; the prober becomes the address. */
function renderProberRules({ spec }: Probe): RelabelRule[] {
  return [
    copyLabel(target, 'instance'),
    makeRule('spec.prober.url', { target_label: '__address__', replacement: spec.prober?.url ?? '' }),
  ];
}

/** The relabel rules of a Probe's job, in their order (contract/rendering.md 2.4). */
export function renderProbeRules({ probe, scrapeClass, context }: ProbeRulesInput): RelabelRule[] {
  const { spec, metadata } = probe;
  const { staticConfig, ingress } = spec.targets ?? {};
  const jobName = unlessBlank(spec.jobName);
  const name = staticConfig === undefined ? 'ingress' : 'staticConfig';
  const own = (staticConfig ?? ingress)?.relabelingConfigs;
  return [
    keepJobName,
    ...(jobName === undefined ? [] : [makeRule('spec.jobName', { target_label: 'job', replacement: jobName })]),
    ...(staticConfig === undefined
      ? [...renderSelectorRules(ingress?.selector ?? {}, 'ingress', 'spec.targets.ingress.selector'), ...ingressRules]
      : [copyLabel('__address__', target)]),
    ...renderProberRules(probe),
    ...renderClassRelabelings(scrapeClass),
    ...renderRelabelConfigs(own, `spec.targets.${name}.relabelingConfigs`),
    ...renderNamespaceRule('Probe', metadata, context),
    ...renderShardingRules(context, target),
  ];
}
