import type { Probe } from '../../../../api/probe.ts';
import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import type { ScrapeContext } from './scrape-context.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { keepJobName } from './endpoint.ts';
import { renderNamespaceRule } from './enforcement.ts';
import { copyLabel, makeRule, renderRelabelConfigs } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';
import { renderClassRelabelings } from './scrape-class.ts';
import { renderSelectorRules } from './selector-rules.ts';

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

/** From what is discovered to what is probed. */
function renderTargetRules({ spec }: Probe): RelabelRule[] {
  const { staticConfig, ingress } = spec.targets ?? {};
  if (staticConfig !== undefined) return [copyLabel('__address__', target)];
  const selector = renderSelectorRules(ingress?.selector ?? {}, 'ingress', 'spec.targets.ingress.selector');
  return [...selector, ...ingressRules];
}

/** Everything between the name of the job and sharding; nothing for a Probe that names no targets. */
function renderOwnRules({ probe, scrapeClass, context }: ProbeRulesInput): RelabelRule[] {
  const { staticConfig, ingress } = probe.spec.targets ?? {};
  const own = staticConfig ?? ingress;
  if (own === undefined) return [];
  const name = staticConfig === undefined ? 'ingress' : 'staticConfig';
  return [
    ...renderTargetRules(probe),
    ...renderProberRules(probe),
    ...renderClassRelabelings(scrapeClass),
    ...renderRelabelConfigs(own.relabelingConfigs, `spec.targets.${name}.relabelingConfigs`),
    ...renderNamespaceRule('Probe', probe.metadata, context),
  ];
}

/** The relabel rules of a Probe's job, in their order (docs/reference/rendering.md 2.4). */
export function renderProbeRules(input: ProbeRulesInput): RelabelRule[] {
  const jobName = unlessBlank(input.probe.spec.jobName);
  return [
    keepJobName,
    ...(jobName === undefined ? [] : [makeRule('spec.jobName', { target_label: 'job', replacement: jobName })]),
    ...renderOwnRules(input),
    ...input.context.shardingRules[target],
  ];
}
