import { argument, argumentIfSet } from '../shared/arguments.ts';
import type { MaybeArgument } from '../shared/arguments.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import { expandedConfigFile } from './prometheus-paths.ts';
import { routePrefixOf } from './prometheus-workload.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

/** Names of the remote-write messages as Prometheus spells them. */
const protobufMessages: Readonly<Record<string, string>> = {
  'V1.0': 'prometheus.WriteRequest',
  'V2.0': 'io.prometheus.write.v2.Request',
};

function listConfigArguments({ spec, version }: PrometheusWorkload): MaybeArgument[] {
  const consoles = version.major === 2;
  return [
    argument('config.file', expandedConfigFile),
    consoles && argument('web.console.templates', '/etc/prometheus/consoles'),
    consoles && argument('web.console.libraries', '/etc/prometheus/console_libraries'),
    (spec.reloadStrategy ?? 'HTTP') === 'HTTP' && argument('web.enable-lifecycle'),
    version.isAtLeast('2.6.0') && argumentIfSet('web.page-title', spec.web?.pageTitle),
    argumentIfSet('web.max-connections', spec.web?.maxConnections),
  ];
}

function listReceiverArguments({ spec, version }: PrometheusWorkload): MaybeArgument[] {
  if (spec.enableRemoteWriteReceiver !== true || version.isBelow('2.33.0')) return [];
  const accepted = (spec.remoteWriteReceiverMessageVersions ?? []).map((one) => protobufMessages[one] ?? one);
  return [
    argument('web.enable-remote-write-receiver'),
    version.isAtLeast('2.54.0') &&
      argumentIfSet('web.remote-write-receiver.accepted-protobuf-messages', accepted.join(',')),
  ];
}

/** Remote write 2.0 sends metadata out of the log, which is an experiment until 3.4.0. */
function listWalArguments({ spec, version }: PrometheusWorkload): MaybeArgument[] {
  const sendsV2 = (spec.remoteWrite ?? []).some((one) => one.messageVersion === 'V2.0');
  const experimental = version.isAtLeast('2.54.0') && version.isBelow('3.4.0');
  return [sendsV2 && experimental && argument('enable-feature', 'metadata-wal-records')];
}

function listOtlpArguments({ spec, version }: PrometheusWorkload): MaybeArgument[] {
  const receives = spec.enableOTLPReceiver ?? spec.otlp !== undefined;
  if (!receives || version.isBelow('2.47.0')) return [];
  if (version.major >= 3) return [argument('web.enable-otlp-receiver')];
  return [argument('enable-feature', 'otlp-write-receiver')];
}

function listFeatureArguments({ spec, version }: PrometheusWorkload): MaybeArgument[] {
  const features = spec.enableFeatures ?? [];
  const wantsXor2 = spec.tsdb?.chunkEncoding?.floats === 'Xor2' && !features.includes('xor2-encoding');
  return [
    version.isAtLeast('2.25.0') && argumentIfSet('enable-feature', features.join(',')),
    wantsXor2 && version.isAtLeast('3.13.0') && argument('enable-feature', 'xor2-encoding'),
  ];
}

function listWebAndLogArguments({ spec, version }: PrometheusWorkload): MaybeArgument[] {
  const level = unlessBlank(spec.logLevel) ?? 'info';
  const format = unlessBlank(spec.logFormat) ?? 'logfmt';
  return [
    argumentIfSet('web.external-url', spec.externalUrl),
    argument('web.route-prefix', routePrefixOf(spec)),
    level !== 'info' && argument('log.level', level),
    format !== 'logfmt' && version.isAtLeast('2.6.0') && argument('log.format', format),
    spec.listenLocal === true && argument('web.listen-address', '127.0.0.1:9090'),
  ];
}

/** Arguments that servers and agents share, in the reference's order (docs/reference/rendering.md 4.6, rows 1 to 17). */
export function listCommonArguments(workload: PrometheusWorkload): MaybeArgument[] {
  return [
    ...listConfigArguments(workload),
    ...listReceiverArguments(workload),
    ...listWalArguments(workload),
    ...listOtlpArguments(workload),
    ...listFeatureArguments(workload),
    ...listWebAndLogArguments(workload),
  ];
}

/** `--NAME` when on, `--no-NAME` when off, nothing when unset. */
export function argumentOfSwitch(name: string, on: boolean | undefined): MaybeArgument {
  return on !== undefined && argument(on ? name : `no-${name}`);
}
