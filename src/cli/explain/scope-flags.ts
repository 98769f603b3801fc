import type { Command } from 'commander';
import type { FlagTexts } from '../../operator/options/reader.ts';
import { viewOperator } from '../operator-view.ts';
import type { OperatorView } from '../operator-view.ts';

/** The flags of the operator that decide what it looks after, as it has them. */
export interface OperatorFlags {
  readonly namespaces?: string;
  readonly denyNamespaces?: string;
  readonly prometheusInstanceNamespaces?: string;
  readonly prometheusInstanceSelector?: string;
  readonly alertmanagerInstanceNamespaces?: string;
  readonly alertmanagerInstanceSelector?: string;
  readonly alertmanagerConfigNamespaces?: string;
  readonly thanosRulerInstanceNamespaces?: string;
  readonly thanosRulerInstanceSelector?: string;
  readonly controllerId?: string;
  readonly featureGates?: string;
  readonly discoveryServiceUrl?: string;
  readonly discovery?: string;
}

/** Those that decide what it looks after. */
const operatorFlags = [
  '--namespaces <names>',
  '--deny-namespaces <names>',
  '--prometheus-instance-namespaces <names>',
  '--prometheus-instance-selector <selector>',
  '--alertmanager-instance-namespaces <names>',
  '--alertmanager-instance-selector <selector>',
  '--alertmanager-config-namespaces <names>',
  '--thanos-ruler-instance-namespaces <names>',
  '--thanos-ruler-instance-selector <selector>',
  '--controller-id <id>',
  '--feature-gates <gates>',
  '--discovery-service-url <url>',
  '--discovery <who>',
] as const;

/** Adds them to a command that answers as the operator would. */
export function addOperatorFlags(command: Command): Command {
  for (const flag of operatorFlags) command.option(flag, 'the flag of the operator');
  return command;
}

const scopeFlags = {
  namespaces: 'namespaces',
  denyNamespaces: 'deny-namespaces',
  prometheusInstanceNamespaces: 'prometheus-instance-namespaces',
  prometheusInstanceSelector: 'prometheus-instance-selector',
  alertmanagerInstanceNamespaces: 'alertmanager-instance-namespaces',
  alertmanagerInstanceSelector: 'alertmanager-instance-selector',
  alertmanagerConfigNamespaces: 'alertmanager-config-namespaces',
  thanosRulerInstanceNamespaces: 'thanos-ruler-instance-namespaces',
  thanosRulerInstanceSelector: 'thanos-ruler-instance-selector',
  controllerId: 'controller-id',
  featureGates: 'feature-gates',
  discoveryServiceUrl: 'discovery-service-url',
  discovery: 'discovery',
} as const satisfies Partial<Record<keyof OperatorFlags, string>>;

/** The operator as it would run with the flags that were given. @throws {ExitError | OptionError} */
export function readOperator(
  flags: OperatorFlags,
  version: { readonly major: number; readonly minor: number },
): OperatorView {
  const texts: FlagTexts = Object.fromEntries(
    Object.entries(scopeFlags).flatMap(([option, flag]) => {
      const text = flags[option as keyof typeof scopeFlags];
      return text === undefined ? [] : [[flag, [text]] as const];
    }),
  );
  return viewOperator(texts, version);
}
