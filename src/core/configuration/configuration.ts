import type { KubernetesObject } from '../../api/meta.ts';
import { writeYamlFields } from '../../base/yaml-writer.ts';
import { isDesiredPrometheus } from '../desired/desired-prometheus.ts';
import type { Desired } from '../desired/steps.ts';
import type { ObjectName } from '../explain/model.ts';
import { monitorKinds } from '../monitor.ts';
import type { Monitor, MonitorKind, Monitors } from '../monitor.ts';
import type { Fragment, Fragments } from '../render/prometheus/config/fragment.ts';
import { isPerNode } from '../render/prometheus/config/fragment.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';

/** A section of prometheus.yml that the workload itself asks for, such as "global". */
export interface SectionSource {
  readonly kind: 'section';
  readonly name: string;
  /** As it is written: secrets are in it. */
  readonly text: string;
}

/** The jobs of one monitor. */
export interface JobsSource {
  readonly kind: 'jobs';
  readonly of: MonitorKind;
  readonly monitor: Monitor;
  /** Equal objects are equal jobs; secrets are in it. */
  readonly fragment: Fragment;
}

/** A configuration of which nobody knows the parts: those of Alertmanager and ThanosRuler. */
export interface TextSource {
  readonly kind: 'text';
  readonly text: string;
  /** AlertmanagerConfigs that are merged into it. */
  readonly merged: readonly ObjectName[];
}

/** Jobs that a Secret holds. */
export interface AdditionalSource {
  readonly kind: 'additional';
  readonly jobs: number;
}

/** What one part of a configuration was written from. */
export type PartSource = SectionSource | JobsSource | TextSource | AdditionalSource;

/** What the operator writes for one workload, as it was rendered: nothing of it may be shown before it is masked. */
export interface Configuration {
  readonly workload: ObjectName;
  /** What the workload scrapes; undefined for those that scrape nothing. */
  readonly scraping?: Scraping;
  /** Parts that are not of monitors, in the order in which they are written. */
  readonly own: readonly PartSource[];
}

export interface Scraping {
  readonly workload: PrometheusWorkload;
  /** Accepted monitors, and their jobs in the same order. */
  readonly selected: Monitors;
  readonly fragments: Fragments;
}

/** What was rendered, taken apart; undefined when the configuration is the user's, cannot be rendered, or there is none. */
export function describeConfiguration(desired: Desired): Configuration | undefined {
  const workload = nameOf(desired.workload.owner.kind, desired.workload.owner);
  if (!isDesiredPrometheus(desired)) {
    const text = desired.printConfig();
    if (text === undefined || text === '') return undefined;
    const accepted = desired.verdicts.AlertmanagerConfig?.accepted ?? [];
    return {
      workload,
      own: [{ kind: 'text', text, merged: accepted.map((one) => nameOf('AlertmanagerConfig', one)) }],
    };
  }
  const { config, selection, workload: scraper } = desired;
  if (config === undefined) return undefined;
  const sections = Object.entries(config.sections).flatMap(([name, value]): PartSource[] =>
    value === undefined ? [] : [{ kind: 'section', name, text: writeYamlFields({ [name]: value }) }],
  );
  const jobs = config.additionalJobs.length;
  const additional: PartSource[] = jobs === 0 ? [] : [{ kind: 'additional', jobs }];
  const { selected, fragments } = selection;
  return {
    workload,
    scraping: { workload: scraper, selected, fragments },
    own: [...sections, ...additional],
  };
}

/** An object as it is named for people. */
export const nameOf = (kind: string, { metadata: { namespace = '', name = '' } }: KubernetesObject): ObjectName => ({
  ...{ kind, namespace, name },
});

/** The jobs of all monitors in their order. */
export const listJobSources = ({ scraping }: Configuration): JobsSource[] =>
  scraping === undefined ? [] : monitorKinds.flatMap((of) => listOfKind(scraping, of));

function listOfKind({ workload, selected, fragments }: Scraping, of: MonitorKind): JobsSource[] {
  const isWritten = (fragment: Fragment): boolean =>
    workload.form !== 'DaemonSet' || of === 'PodMonitor' || isPerNode(fragment);
  return selected[of].flatMap((monitor, index): JobsSource[] => {
    const fragment = fragments[of][index];
    return fragment === undefined || !isWritten(fragment) ? [] : [{ kind: 'jobs', of, monitor, fragment }];
  });
}

/** Whose fields a part was made from. */
export const objectOf = (source: PartSource, { workload }: Configuration): ObjectName =>
  source.kind === 'jobs' ? nameOf(source.of, source.monitor) : workload;

/** The objects that a part tells of, beside its workload: who may not see one of them is not shown the part. */
export function listTold(source: PartSource): readonly ObjectName[] {
  if (source.kind === 'jobs') return [nameOf(source.of, source.monitor)];
  return source.kind === 'text' ? source.merged : [];
}
