import type { Alertmanager } from '../../../../api/alertmanager.ts';
import { hashJson } from '../../../../base/hash.ts';
import type { Version } from '../../../../base/version.ts';
import { writeYamlFields } from '../../../../base/yaml-writer.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import type { ConfigDocument } from './document.ts';

type Strategy = 'OnNamespace' | 'OnNamespaceExceptForAlertmanagerNamespace' | 'None';

/** What objects see of the base configuration. */
export interface BaseView {
  readonly global: YamlFields | undefined;
  readonly receivers: ReadonlySet<string>;
  readonly intervals: ReadonlySet<string>;
}

/** What the fragments of all AlertmanagerConfigs of one Alertmanager depend on besides the object and its assets. */
export interface ConfigContext {
  /** Changes whenever any of it changes. */
  readonly id: string;
  /** Of the Alertmanager. */
  readonly namespace: string;
  readonly version: Version;
  readonly strategy: Strategy;
  /** Whether receivers and routes say which object they are from. */
  readonly hasOriginLabels: boolean;
  readonly base: BaseView;
}

/** What configurations are written for. */
export interface ConfigTarget {
  /** Of Alertmanager. */
  readonly version: Version;
  /** The gate AlertmanagerOriginLabels; absent: off. */
  readonly hasOriginLabels?: boolean;
}

const namesOf = (list: readonly YamlFields[] = []): readonly string[] =>
  list.map(({ name }) => (typeof name === 'string' ? name : ''));

/** Made once a sync. */
export function describeConfigs(
  { metadata, spec }: Alertmanager,
  { version, hasOriginLabels = false }: ConfigTarget,
  base: ConfigDocument,
): ConfigContext {
  const { namespace = '' } = metadata;
  const strategy = spec.alertmanagerConfigMatcherStrategy?.type ?? 'OnNamespace';
  const receivers = namesOf(base.receivers);
  const intervals = [...namesOf(base.mute_time_intervals), ...namesOf(base.time_intervals)];
  const global = writeYamlFields({ global: base.global });
  return {
    id: hashJson({ namespace, version: version.toString(), strategy, hasOriginLabels, receivers, intervals, global }),
    namespace,
    version,
    strategy,
    hasOriginLabels,
    base: { global: base.global, receivers: new Set(receivers), intervals: new Set(intervals) },
  };
}
