import { apiVersionOf } from '../../../api/meta.ts';
import type { CommonPrometheusFields } from '../../../api/parts/prometheus-fields.ts';
import { prometheusAgentSpec, prometheusAgentType } from '../../../api/prometheus-agent.ts';
import type { PrometheusAgent } from '../../../api/prometheus-agent.ts';
import { prometheusSpec, prometheusType } from '../../../api/prometheus.ts';
import type { Prometheus, PrometheusSpec } from '../../../api/prometheus.ts';
import { TerminalError } from '../../../base/errors.ts';
import { dropNulls } from '../../../base/json.ts';
import { Version } from '../../../base/version.ts';
import { monitorKinds, scrapeKinds } from '../../monitor.ts';
import type { OperatorSettings } from '../../settings.ts';
import { checkReadable } from '../../field-checks/check-shape.ts';
import { requireNone } from '../../findings.ts';
import { asOwner } from '../shared/metadata.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import { defaultPrometheusVersion } from '../shared/versions.ts';
import type { Workload } from '../shared/workload.ts';
import { listNames } from './prometheus-names.ts';
import type { PrometheusNames } from './prometheus-names.ts';
import { checkShards } from './shards.ts';

/** A Prometheus or PrometheusAgent as rendering sees it: what sets the two apart, and both from other kinds. */
export interface PrometheusWorkload extends Workload<CommonPrometheusFields> {
  readonly role: 'server' | 'agent';
  /** Which kind runs the pods; a DaemonSet has neither shards nor storage. */
  readonly form: 'StatefulSet' | 'DaemonSet';
  /** The whole spec of a server, undefined for an agent. */
  readonly server: PrometheusSpec | undefined;
  readonly names: PrometheusNames;
}

function readVersion(text: string | undefined): Version {
  const wanted = unlessBlank(text) ?? defaultPrometheusVersion;
  let version: Version;
  try {
    version = Version.parse(wanted);
  } catch (cause) {
    throw new TerminalError(`Cannot read spec.version "${wanted}"`, { cause });
  }
  if (version.major === 2 || version.major === 3) return version;
  throw new TerminalError(`Cannot render for Prometheus "${wanted}": want major version 2 or 3`);
}

/** @throws {TerminalError} when spec.version is none that can be rendered for, or the spec is what no CRD would take. */
export function asServerWorkload(prometheus: Prometheus, settings: OperatorSettings): PrometheusWorkload {
  requireNone(checkReadable(prometheusSpec, prometheus.spec));
  requireNone(checkShards(prometheus.spec));
  return viewServer(prometheus, settings);
}

/** As `asServerWorkload`, but whatever its spec is like: its status must be told. @throws {TerminalError} for spec.version. */
export function viewServer(prometheus: Prometheus, settings: OperatorSettings): PrometheusWorkload {
  const spec = dropNulls(prometheus.spec);
  return {
    role: 'server',
    form: 'StatefulSet',
    owner: asOwner(prometheus, { apiVersion: apiVersionOf(prometheusType), kind: prometheusType.kind }),
    spec,
    server: spec,
    version: readVersion(spec.version),
    settings,
    names: listNames('server', prometheus.metadata.name ?? ''),
  };
}

/**
 * @throws {TerminalError} when spec.version is none that can be rendered for, or DaemonSet mode is asked for while
 * its feature gate is off.
 */
export function asAgentWorkload(agent: PrometheusAgent, settings: OperatorSettings): PrometheusWorkload {
  requireNone(checkReadable(prometheusAgentSpec, agent.spec));
  requireNone(checkShards(agent.spec));
  return viewAgent(agent, settings);
}

/** As `asAgentWorkload`, but whatever its spec is like. @throws {TerminalError} for spec.version and spec.mode. */
export function viewAgent(agent: PrometheusAgent, settings: OperatorSettings): PrometheusWorkload {
  const spec = dropNulls(agent.spec);
  const form = spec.mode ?? 'StatefulSet';
  if (form === 'DaemonSet' && !settings.gates.PrometheusAgentDaemonSet) {
    throw new TerminalError(
      'Cannot run spec.mode "DaemonSet": start the operator with --feature-gates=PrometheusAgentDaemonSet=true',
    );
  }
  return {
    role: 'agent',
    form,
    owner: asOwner(agent, { apiVersion: apiVersionOf(prometheusAgentType), kind: prometheusAgentType.kind }),
    spec,
    server: undefined,
    version: readVersion(spec.version),
    settings,
    names: listNames('agent', agent.metadata.name ?? ''),
  };
}

/** The path below which Prometheus serves; "/" by default. */
export function routePrefixOf(spec: CommonPrometheusFields): string {
  return unlessBlank(spec.routePrefix) ?? '/';
}

/** Name of the web port. */
export function portNameOf(spec: CommonPrometheusFields): string {
  return unlessBlank(spec.portName) ?? 'web';
}

export function webSchemeOf(spec: CommonPrometheusFields): 'http' | 'https' {
  return spec.web?.tlsConfig === undefined ? 'http' : 'https';
}

/**
 * Whether users write the configuration Secret themselves: no selector of monitors is set at all, and the operator was not
 * told to render such configurations (docs/reference/operator-runtime.md 3.10). Servers only.
 */
export function isUnmanaged({ server, settings }: PrometheusWorkload): boolean {
  if (server === undefined || settings.disableUnmanagedConfiguration) return false;
  return monitorKinds.every((kind) => server[scrapeKinds[kind].selector] === undefined);
}

/** Whether Prometheus is started with a web configuration file (docs/reference/rendering.md 4.6 row 29). */
export function hasWebConfigFile(workload: PrometheusWorkload): boolean {
  return workload.form === 'DaemonSet' || workload.version.isAtLeast('2.24.0');
}
