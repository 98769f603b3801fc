import { argument, argumentIfSet } from '../shared/arguments.ts';
import type { MaybeArgument } from '../shared/arguments.ts';
import type { PrometheusSpec } from '../../../api/prometheus.ts';
import type { Version } from '../../../base/version.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import { argumentOfSwitch } from './common-arguments.ts';
import { chooseCompaction } from './compaction.ts';
import { shipperFile, storageFolder, webConfigFile } from './prometheus-paths.ts';
import { readRetention } from './retention-bounds.ts';
import { hasWebConfigFile } from './prometheus-workload.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

/** Retention moves into prometheus.yml with 3.11.0; before 2.7.0 the time has another name and always a value. */
function listRetentionArguments(spec: PrometheusSpec, version: Version): MaybeArgument[] {
  if (version.isAtLeast('3.11.0')) return [];
  if (version.isBelow('2.7.0')) return [argument('storage.tsdb.retention', unlessBlank(spec.retention) ?? '24h')];
  const { time, size } = readRetention(spec, false);
  return [argumentIfSet('storage.tsdb.retention.time', time), argumentIfSet('storage.tsdb.retention.size', size)];
}

function listRuleArguments(spec: PrometheusSpec, version: Version): MaybeArgument[] {
  const alert = spec.rules?.alert;
  if (version.isBelow('2.4.0')) return [];
  return [
    argumentIfSet('rules.alert.for-outage-tolerance', alert?.forOutageTolerance),
    argumentIfSet('rules.alert.for-grace-period', alert?.forGracePeriod),
    argumentIfSet('rules.alert.resend-delay', alert?.resendDelay),
  ];
}

function listQueryArguments(spec: PrometheusSpec, version: Version): MaybeArgument[] {
  const { lookbackDelta, maxSamples = 0, maxConcurrency = 0, timeout } = spec.query ?? {};
  return [
    argumentIfSet('query.lookback-delta', lookbackDelta),
    maxSamples > 0 && version.isAtLeast('2.5.0') && argument('query.max-samples', maxSamples),
    maxConcurrency > 0 && argument('query.max-concurrency', maxConcurrency),
    argumentIfSet('query.timeout', timeout),
  ];
}

function listCompactionArguments(workload: PrometheusWorkload, spec: PrometheusSpec): MaybeArgument[] {
  const { version } = workload;
  const compaction = chooseCompaction(workload);
  const blockDuration = unlessBlank(spec.thanos?.blockSize) ?? '2h';
  const outOfOrder = unlessBlank(spec.tsdb?.outOfOrderTimeWindow) !== undefined;
  return [
    compaction === 'disabled' && argument('storage.tsdb.max-block-duration', blockDuration),
    compaction === 'disabled' && argument('storage.tsdb.min-block-duration', blockDuration),
    compaction === 'delayed' && argument('storage.tsdb.delay-compact-file.path', `${storageFolder}/${shipperFile}`),
    compaction !== 'default' &&
      outOfOrder &&
      version.isAtLeast('2.55.0') &&
      argument('no-storage.tsdb.allow-overlapping-compaction'),
  ];
}

/** Arguments of servers only (docs/reference/rendering.md 4.6, rows 18 to 31). */
export function listServerArguments(workload: PrometheusWorkload, spec: PrometheusSpec): MaybeArgument[] {
  const { version } = workload;
  const overlaps = version.isAtLeast('2.11.0') && version.isBelow('2.39.0') && spec.allowOverlappingBlocks === true;
  return [
    ...listRetentionArguments(spec, version),
    argument('storage.tsdb.path', storageFolder),
    spec.enableAdminAPI === true && argument('web.enable-admin-api'),
    ...listRuleArguments(spec, version),
    ...listQueryArguments(spec, version),
    overlaps && argument('storage.tsdb.allow-overlapping-blocks'),
    version.isAtLeast('2.11.0') && argumentOfSwitch('storage.tsdb.wal-compression', spec.walCompression),
    hasWebConfigFile(workload) && argument('web.config.file', webConfigFile),
    ...listCompactionArguments(workload, spec),
  ];
}
