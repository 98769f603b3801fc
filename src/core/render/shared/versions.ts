import { TerminalError } from '../../../base/errors.ts';
import { Version } from '../../../base/version.ts';
import { unlessBlank } from './rendered-objects.ts';

/** Versions that a spec without `version` means (docs/reference/rendering.md 7.1). */
export const defaultPrometheusVersion = 'v3.13.2';
export const defaultAlertmanagerVersion = 'v0.33.1';
export const defaultThanosVersion = 'v0.42.4';

/**
 * The version of Thanos that a field asks for; any will do.
 * @param field for the message, such as "spec.version".
 * @throws {TerminalError} when it is no version.
 */
export function parseThanosVersion(text: string | undefined, field: string): Version {
  const wanted = unlessBlank(text) ?? defaultThanosVersion;
  try {
    return Version.parse(wanted);
  } catch (cause) {
    throw new TerminalError(`Cannot read ${field} "${wanted}"`, { cause });
  }
}
