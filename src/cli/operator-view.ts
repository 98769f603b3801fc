import type { OperatorScope } from '../core/explain/facts.ts';
import type { OperatorSettings } from '../core/settings.ts';
import { readCapabilities } from '../operator/cluster/facts.ts';
import { parseOptions } from '../operator/options/options.ts';
import type { FlagTexts } from '../operator/options/reader.ts';
import { toSettings } from '../operator/settings.ts';

/** What an operator looks after, and how it renders. */
export interface OperatorView {
  readonly scope: OperatorScope;
  readonly settings: OperatorSettings;
}

/** The operator as it would run with flags, in a cluster of that version. @throws {OptionError} */
export function viewOperator(
  texts: FlagTexts,
  version: { readonly major: number; readonly minor: number },
): OperatorView {
  const options = parseOptions(texts);
  const { namespaces, alertmanagerConfigNamespaces, deniedNamespaces, instances } = options.scope;
  const { controllerId } = options;
  return {
    scope: { namespaces, alertmanagerConfigNamespaces, deniedNamespaces, instances, controllerId },
    settings: toSettings(options, readCapabilities({ ...version, gitVersion: '' })),
  };
}
