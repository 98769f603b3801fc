import type { OperatorSettings } from '../core/settings.ts';
import { readCapabilities } from '../operator/cluster/facts.ts';
import { parseOptions } from '../operator/options/options.ts';
import { toSettings } from '../operator/settings.ts';
import { ExitError, exitCodes } from './io.ts';
import { readOperatorArgs } from './operator-args.ts';

/** Of a command that renders without a running operator. */
export interface SettingsFlags {
  /** MAJOR.MINOR of the cluster to render for. */
  readonly kubernetesVersion: string;
  /** As for `stoker run`. */
  readonly featureGates?: string | undefined;
  /** Further flags of the operator, in one text. */
  readonly operatorArgs?: string | undefined;
}

/** Flags of the operator at their defaults but for those that are given, and a cluster of that version. @throws {ExitError | OptionError} */
export function chooseSettings({
  kubernetesVersion,
  featureGates,
  operatorArgs = '',
}: SettingsFlags): OperatorSettings {
  const [major = 1, minor = 0] = kubernetesVersion.replace(/^v/, '').split('.').map(Number);
  if (!Number.isInteger(major) || !Number.isInteger(minor)) {
    throw new ExitError(exitCodes.usage, `Cannot read --kubernetes-version "${kubernetesVersion}": want MAJOR.MINOR`);
  }
  const texts = readOperatorArgs(operatorArgs);
  const options = parseOptions(featureGates === undefined ? texts : { ...texts, 'feature-gates': [featureGates] });
  return toSettings(options, readCapabilities({ major, minor, gitVersion: kubernetesVersion }));
}
