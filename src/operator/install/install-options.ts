import type { GuardModes } from '../../core/settings.ts';
import type { AssetAccess, Feature } from './rules.ts';
import { baseFeatures } from './rules.ts';

/** What `stoker install` can be told; the chart can be told more. */
export interface InstallOptions {
  /** Where the operator runs. */
  readonly namespace: string;
  readonly image: string;
  /** Leaders are elected whatever their number: a roll-out runs two for a while. */
  readonly replicas: number;
  /** What the operator looks after; empty for the whole cluster, else Roles in these namespaces are all it gets. */
  readonly namespaces: readonly string[];
  readonly assetAccess: AssetAccess;
  readonly webhook: WebhookChoice;
  readonly guards: GuardModes;
  readonly discoveryService: DiscoveryServiceChoice;
}

export const discoveryServiceModes = ['off', 'cert-manager', 'secret'] as const;

/** Whether `stoker discovery` runs beside the operator, and who makes its certificate. */
export interface DiscoveryServiceChoice {
  readonly mode: (typeof discoveryServiceModes)[number];
  /** Secret with tls.crt, tls.key and ca.crt: made by cert-manager, or there already. */
  readonly secret: string;
}

export const webhookModes = ['off', 'self', 'cert-manager', 'secret'] as const;

/** Whether the operator serves the admission webhook, and who makes its certificate. */
export interface WebhookChoice {
  readonly mode: (typeof webhookModes)[number];
  readonly failurePolicy: 'Ignore' | 'Fail';
  /** Secret with tls.crt and tls.key: made by the operator, by cert-manager, or there already. */
  readonly secret: string;
  /** PEM of the CA, for the mode "secret"; else "". */
  readonly caBundle: string;
}

/** A manifest as it is written out. */
export type Manifest = Readonly<Record<string, unknown>>;

/** The parts of the operator that an installation switches on. */
export function listInstallFeatures({ guards }: InstallOptions): Feature[] {
  return [
    ...baseFeatures,
    'leader-election',
    ...(guards.podDisruptionBudgets === 'off' ? [] : (['pod-disruption-budgets'] as const)),
    ...(guards.networkPolicies === 'off' ? [] : (['network-policies'] as const)),
  ];
}
