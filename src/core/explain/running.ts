import type { Silence } from '../routing/silences.ts';
import type { ObjectName } from './model.ts';

/** An alert as the rules API of a Prometheus or ThanosRuler tells of it (/api/v1/rules). */
export interface FiringAlert {
  /** All labels, alertname among them, before alert relabelling. */
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing' | 'inactive';
  /** RFC 3339. */
  readonly activeAt: string;
}

export interface LoadedRule {
  readonly kind: 'alerting' | 'recording';
  readonly name: string;
  /** `ok`, `err` or `unknown` (not evaluated yet). */
  readonly health: string;
  readonly lastError: string;
  readonly alerts: readonly FiringAlert[];
}

export interface LoadedGroup {
  readonly name: string;
  /** The path of the file in the container. */
  readonly file: string;
  readonly rules: readonly LoadedRule[];
}

/** What one replica that evaluates rules says; what could not be had is absent. */
export interface RulerFacts {
  readonly workload: ObjectName;
  /** For people: the pod, or the URL that was asked. */
  readonly name: string;
  readonly groups?: readonly LoadedGroup[];
  /** URLs that alerts are sent to (/api/v1/alertmanagers); absent: not told. A ThanosRuler has no such answer. */
  readonly alertmanagers?: readonly string[];
  /** Why something is absent. */
  readonly problem?: string;
}

/** An alert as an Alertmanager has it (/api/v2/alerts). */
export interface HeldAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly string[];
  readonly state: 'active' | 'suppressed' | 'unprocessed';
  /** Fingerprints of the alerts that inhibit it. */
  readonly inhibitedBy: readonly string[];
  /** Ids of silences. */
  readonly silencedBy: readonly string[];
  /** Names of intervals that mute any of its groups (/api/v2/alerts/groups); none before version 0.28, which do not tell. */
  readonly mutedBy: readonly string[];
  /**
   * AlertmanagerConfigs ("namespace/name") of whose routes its groups are, where the routes say it: with the gate
   * AlertmanagerOriginLabels, from version 0.34 on. Absent: the groups were not told.
   */
  readonly origins?: readonly string[];
  readonly fingerprint: string;
  /** RFC 3339. */
  readonly startsAt: string;
}

/** A silence as an Alertmanager has it (/api/v2/silences). */
export interface HeldSilence extends Silence {
  readonly state: 'active' | 'pending' | 'expired';
}

/**
 * What became of a notification, as an Alertmanager recorded it. Up to 0.35 its event recorder tells of deliveries alone: what failed is
 * in the counts.
 */
export interface Notification {
  readonly receiver: string;
  /** Such as "webhook". */
  readonly integration: string;
  readonly isDelivered: boolean;
  /** RFC 3339; "" when it is not known. */
  readonly at: string;
  readonly error: string;
  /** Labels of the group, where they are known. */
  readonly groupLabels?: Readonly<Record<string, string>>;
  /** Labels of the alerts in it, where they are known. */
  readonly alerts?: readonly Readonly<Record<string, string>>[];
}

/** What one replica of an Alertmanager says; what could not be had is absent. */
export interface AlertmanagerFacts {
  readonly workload: ObjectName;
  /** For people: the pod, or the URL that was asked. */
  readonly name: string;
  readonly version?: string;
  /** `config.original` of /api/v2/status. Never shown: parts of it may be secret. */
  readonly config?: string;
  /** `cluster` of /api/v2/status; `peers` are addresses, this replica's among them; none where the status is "disabled". */
  readonly cluster?: { readonly status: string; readonly peers: readonly string[] };
  readonly alerts?: readonly HeldAlert[];
  readonly silences?: readonly HeldSilence[];
  /** Counters of the process by receiver and integration (/metrics). */
  readonly notifications?: readonly NotificationCount[];
  /** The last ones that it recorded; absent where it records none, or where they cannot be read. */
  readonly events?: readonly Notification[];
  /** Why something is absent. */
  readonly problem?: string;
}

/** alertmanager_notifications_total and alertmanager_notifications_failed_total. */
export interface NotificationCount {
  /** "" where it is not told: that takes version 0.27 and the feature receiver-name-in-metrics. */
  readonly receiver: string;
  readonly integration: string;
  /** Attempts, those that failed among them. */
  readonly sent: number;
  readonly failed: number;
}

/** Which series one running Prometheus has now. */
export interface SeriesFacts {
  /** For people: the pod, or the URL that was asked. */
  readonly name: string;
  /** By selector; what could not be had is absent. */
  readonly found: ReadonlyMap<string, boolean>;
  /** Why something is absent. */
  readonly problem?: string;
}
