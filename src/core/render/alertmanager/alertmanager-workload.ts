import { alertmanagerSpec, alertmanagerType } from '../../../api/alertmanager.ts';
import type { Alertmanager, AlertmanagerSpec } from '../../../api/alertmanager.ts';
import { apiVersionOf } from '../../../api/meta.ts';
import { TerminalError } from '../../../base/errors.ts';
import { dropNulls } from '../../../base/json.ts';
import { Version } from '../../../base/version.ts';
import { checkReadable } from '../../field-checks/check-shape.ts';
import { requireNone } from '../../findings.ts';
import type { Findings } from '../../findings.ts';
import { mostPeers } from '../../limits.ts';
import type { OperatorSettings } from '../../settings.ts';
import { asOwner } from '../shared/metadata.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import { defaultAlertmanagerVersion } from '../shared/versions.ts';
import type { Workload } from '../shared/workload.ts';
import { listNames } from './alertmanager-names.ts';
import type { AlertmanagerNames } from './alertmanager-names.ts';

/** An Alertmanager as rendering sees it. */
export interface AlertmanagerWorkload extends Workload<AlertmanagerSpec> {
  readonly names: AlertmanagerNames;
}

/** The version as it is written: images are tagged with it. */
export function versionTextOf(spec: AlertmanagerSpec): string {
  return unlessBlank(spec.version) ?? defaultAlertmanagerVersion;
}

function readVersion(wanted: string): Version {
  let version: Version;
  try {
    version = Version.parse(wanted);
  } catch (cause) {
    throw new TerminalError(`Cannot read spec.version "${wanted}"`, { cause });
  }
  if (version.isAtLeast('0.15.0') && version.isBelow('1.0.0')) return version;
  throw new TerminalError(`Cannot render for Alertmanager "${wanted}": want 0.15.0 or later, and less than 1.0.0`);
}

/** @throws {TerminalError} when spec.version is none that can be rendered for, or the spec is what no CRD would take. */
export function asAlertmanagerWorkload(alertmanager: Alertmanager, settings: OperatorSettings): AlertmanagerWorkload {
  requireNone(checkReadable(alertmanagerSpec, alertmanager.spec));
  requireNone(checkReplicas(alertmanager.spec));
  return viewAlertmanager(alertmanager, settings);
}

/** As `asAlertmanagerWorkload`, but whatever its spec is like: its status must be told. @throws {TerminalError} for spec.version. */
export function viewAlertmanager(alertmanager: Alertmanager, settings: OperatorSettings): AlertmanagerWorkload {
  const { metadata } = alertmanager;
  const spec = dropNulls(alertmanager.spec);
  return {
    owner: asOwner(alertmanager, { apiVersion: apiVersionOf(alertmanagerType), kind: alertmanagerType.kind }),
    spec,
    version: readVersion(versionTextOf(spec)),
    settings,
    names: listNames(metadata.name ?? ''),
  };
}

/** How many pods: one by default, none when the number is negative (docs/reference/rendering.md 5.1). */
export function countReplicas({ replicas = 1 }: AlertmanagerSpec): number {
  return Math.max(0, replicas);
}

/** More replicas than can be told of each other. */
function* checkReplicas(spec: AlertmanagerSpec): Findings {
  const count = countReplicas(spec);
  if (count <= mostPeers) return;
  const message = `Cannot run ${count} replicas: at most ${mostPeers} are possible`;
  yield { reason: 'InvalidValue', field: 'spec.replicas', message };
}

/** The path below which Alertmanager serves; "/" by default. */
export function routePrefixOf(spec: AlertmanagerSpec): string {
  return unlessBlank(spec.routePrefix) ?? '/';
}

/** Name of the web port. */
export function portNameOf(spec: AlertmanagerSpec): string {
  return unlessBlank(spec.portName) ?? 'web';
}

/** Whether Alertmanager is started with a web configuration file: older ones know none, and no HTTPS. */
export function hasWebConfigFile({ version }: AlertmanagerWorkload): boolean {
  return version.isAtLeast('0.22.0');
}

export function webSchemeOf(workload: AlertmanagerWorkload): 'http' | 'https' {
  return workload.spec.web?.tlsConfig !== undefined && hasWebConfigFile(workload) ? 'https' : 'http';
}

/** Whether this Alertmanager can speak TLS with its peers. */
export function knowsClusterTls({ version }: AlertmanagerWorkload): boolean {
  return version.isAtLeast('0.24.0');
}
