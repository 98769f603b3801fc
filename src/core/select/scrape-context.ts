import type { CommonPrometheusFields } from '../../api/parts/prometheus-fields.ts';
import type { ScrapeClass } from '../../api/parts/scrape-class.ts';
import { hashJson } from '../../base/hash.ts';
import type { Version } from '../../base/version.ts';
import { collectWorkloadReferences } from '../assets/plans.ts';
import type { FieldReference } from '../assets/references.ts';
import { countShards } from '../render/prometheus/shards.ts';
import type { PrometheusWorkload } from '../render/prometheus/workload.ts';
import type { CommonRules, RelabelRule } from '../render/prometheus/config/relabel-rules.ts';
import { Gates } from '../render/prometheus/config/gates.ts';

/** Fields of a workload that its monitors' checks and jobs depend on: they see no others. */
const scrapeFields = [
  'apiserverConfig',
  'arbitraryFSAccessThroughSMs',
  'enforcedBodySizeLimit',
  'enforcedKeepDroppedTargets',
  'enforcedLabelLimit',
  'enforcedLabelNameLengthLimit',
  'enforcedLabelValueLengthLimit',
  'enforcedNamespaceLabel',
  'enforcedSampleLimit',
  'enforcedTargetLimit',
  'excludedFromEnforcement',
  'ignoreNamespaceSelectors',
  'nameEscapingScheme',
  'nameValidationScheme',
  'overrideHonorLabels',
  'overrideHonorTimestamps',
  'podTargetLabels',
  'scrapeClasses',
  'scrapeInterval',
  'serviceDiscoveryRole',
] as const satisfies readonly (keyof CommonPrometheusFields)[];

type ScrapeFields = Pick<CommonPrometheusFields, (typeof scrapeFields)[number]>;

/** How targets are divided (docs/reference/rendering.md 2.1.7). */
export interface ShardingPlan {
  readonly shards: number;
  /** How many zones shards are spread over; undefined without topology sharding. */
  readonly zones: number | undefined;
  /** Retained shards scrape nothing. */
  readonly retention: boolean;
}

/** What the checks and jobs of all monitors of one workload depend on besides the monitor and its assets. */
export interface ScrapeContext {
  /** Changes whenever any of it changes. */
  readonly id: string;
  /** Of the workload, where the keys are that its own fields refer to. */
  readonly namespace: string;
  readonly daemonSet: boolean;
  readonly version: Version;
  readonly gates: Gates;
  readonly spec: ScrapeFields;
  readonly classes: ReadonlyMap<string, ScrapeClass>;
  readonly defaultClass: ScrapeClass | undefined;
  readonly endpointSlices: boolean;
  readonly podTopologyLabels: boolean;
  readonly sharding: ShardingPlan;
  /** Rules that many jobs have; filled while jobs are rendered. */
  readonly commonRules: CommonRules;
  readonly shardingRules: Map<string, readonly RelabelRule[]>;
  /** Keys that the workload's part of every job refers to. */
  readonly references: readonly FieldReference[];
}

function planSharding({ spec, settings, role }: PrometheusWorkload): ShardingPlan {
  const strategy = spec.shardingStrategy;
  const zones = strategy?.topology?.values?.length ?? 0;
  const topology = settings.gates.PrometheusTopologySharding && strategy?.mode === 'Topology' && zones > 0;
  return {
    shards: countShards(spec),
    zones: topology ? zones : undefined,
    retention: role === 'server' && settings.gates.PrometheusShardRetentionPolicy,
  };
}

/** Takes from a workload what its monitors depend on. */
export function describeScraping(workload: PrometheusWorkload): ScrapeContext {
  const { spec, version, settings, form } = workload;
  const picked = Object.fromEntries(scrapeFields.map((field) => [field, spec[field]])) as ScrapeFields;
  const classes = spec.scrapeClasses ?? [];
  const plain = {
    namespace: workload.owner.metadata.namespace ?? '',
    daemonSet: form === 'DaemonSet',
    spec: picked,
    endpointSlices: settings.capabilities.endpointSlices,
    podTopologyLabels: settings.capabilities.podTopologyLabels,
    sharding: planSharding(workload),
  };
  return {
    ...plain,
    id: hashJson({ ...plain, version: version.toString() }),
    version,
    commonRules: new Map(),
    shardingRules: new Map(),
    gates: new Gates(version),
    classes: new Map(classes.map((one) => [one.name, one])),
    defaultClass: classes.find((one) => one.default === true),
    references: collectWorkloadReferences({ metadata: workload.owner.metadata, spec: picked }),
  };
}
