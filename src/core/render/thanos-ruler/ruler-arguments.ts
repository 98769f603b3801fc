import { TerminalError } from '../../../base/errors.ts';
import { compareBytes } from '../../../base/order.ts';
import { argument, argumentIfSet, chooseArguments, renderArguments } from '../shared/arguments.ts';
import type { MaybeArgument } from '../shared/arguments.ts';
import { listGrpcTlsArguments } from '../shared/grpc-tls.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import { chooseSources, configFolderOf } from './config-sources.ts';
import { remoteWriteKey, ruleFolder, storageFolder, webConfigFile } from './ruler-paths.ts';
import { crdDefaults, httpPort } from './ruler-workload.ts';
import type { ThanosRulerWorkload } from './ruler-workload.ts';

/** What tells the replicas apart; it is taken from alerts, so that Alertmanager takes those of all replicas for one. */
export const replicaLabel = 'thanos_ruler_replica';

function listEvaluationArguments({ spec, version }: ThanosRulerWorkload): MaybeArgument[] {
  const restores = version.isAtLeast('0.30.0');
  const concurrency = spec.ruleConcurrentEval ?? 0;
  return [
    argument('data-dir', storageFolder),
    argument('eval-interval', spec.evaluationInterval ?? crdDefaults.evaluationInterval),
    argument('tsdb.retention', spec.retention ?? crdDefaults.retention),
    version.isAtLeast('0.38.0') && argumentIfSet('rule-query-offset', spec.ruleQueryOffset),
    version.isAtLeast('0.37.0') && concurrency > 0 && argument('rule-concurrent-evaluation', concurrency),
    restores && argumentIfSet('for-outage-tolerance', spec.ruleOutageTolerance),
    restores && argumentIfSet('for-grace-period', spec.ruleGracePeriod),
    argumentIfSet('resend-delay', spec.resendDelay),
    version.isAtLeast('0.39.0') && argumentIfSet('enable-feature', spec.enableFeatures?.join(',')),
  ];
}

function listLabelArguments({ spec }: ThanosRulerWorkload): MaybeArgument[] {
  const labels = Object.entries(spec.labels ?? {}).sort(([a], [b]) => compareBytes(a, b));
  return [
    argument('label', `${replicaLabel}="$(POD_NAME)"`),
    ...labels.map(([name, value]) => argument('label', `${name}="${value}"`)),
    argument('alert.label-drop', replicaLabel),
    ...(spec.alertDropLabels ?? []).map((label) => argument('alert.label-drop', label)),
  ];
}

function listListenAndLogArguments({ spec }: ThanosRulerWorkload): MaybeArgument[] {
  const level = unlessBlank(spec.logLevel) ?? 'info';
  return [
    spec.listenLocal === true && argument('http-address', `localhost:${httpPort}`),
    level !== 'info' && argument('log.level', level),
    argumentIfSet('log.format', spec.logFormat),
  ];
}

/**
 * Who answers the rules' expressions. @param config path of a configuration that names them, which wins over the list.
 * @throws {TerminalError} when nobody does.
 */
function listQueryArguments(config: string | undefined, endpoints: readonly string[] = []): MaybeArgument[] {
  if (config !== undefined) return [argument('query.config-file', config)];
  if (endpoints.length > 0) return endpoints.map((endpoint) => argument('query', endpoint));
  throw new TerminalError('Cannot evaluate rules without queriers: set spec.queryConfig or spec.queryEndpoints');
}

function listAlertmanagerArguments(config: string | undefined, urls: readonly string[] = []): MaybeArgument[] {
  if (config !== undefined) return [argument('alertmanagers.config-file', config)];
  return urls.map((url) => argument('alertmanagers.url', url));
}

/** @throws {TerminalError} without queriers. */
function listSourceArguments({ spec, version }: ThanosRulerWorkload): MaybeArgument[] {
  const sources = chooseSources(spec);
  const writes = (spec.remoteWrite ?? []).length > 0 && version.isAtLeast('0.24.0');
  return [
    argument('rule-file', `${ruleFolder}/*/*.yaml`),
    writes && argument('remote-write.config-file', `${configFolderOf('remote-write')}/${remoteWriteKey}`),
    ...listQueryArguments(sources.query?.path, spec.queryEndpoints),
    ...listAlertmanagerArguments(sources.alertmanager?.path, spec.alertmanagersUrl),
    argumentIfSet('objstore.config-file', sources.objstorage?.path),
    argumentIfSet('tracing.config-file', sources.tracing?.path),
    argumentIfSet('alert.relabel-config-file', sources.alertrelabel?.path),
  ];
}

function listWebArguments({ spec }: ThanosRulerWorkload): MaybeArgument[] {
  return [
    argumentIfSet('web.external-prefix', spec.externalPrefix),
    argumentIfSet('web.route-prefix', spec.routePrefix),
    argumentIfSet('alert.query-url', spec.alertQueryUrl),
  ];
}

/**
 * The arguments of Thanos, the word "rule" included, in the reference's order (docs/reference/rendering.md 6.3).
 * @param webConfig whether the web configuration is mounted.
 * @throws {TerminalError} without queriers, and for additional arguments that cannot be used.
 */
export function listRulerArgs(workload: ThanosRulerWorkload, webConfig: boolean): string[] {
  const { spec, version } = workload;
  const own = chooseArguments([
    ...listEvaluationArguments(workload),
    ...listLabelArguments(workload),
    ...listListenAndLogArguments(workload),
    ...listSourceArguments(workload),
    ...listGrpcTlsArguments(spec.grpcServerTlsConfig, version),
    ...listWebArguments(workload),
  ]);
  const args = renderArguments(own, spec.additionalArgs, 'spec.additionalArgs');
  return ['rule', ...args, ...(webConfig ? [`--http.config=${webConfigFile}`] : [])];
}
