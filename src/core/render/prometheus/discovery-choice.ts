import type { FieldReference } from '../../assets/references.ts';
import type { Assignment } from '../../served/served-workload.ts';
import type { DiscoveryServiceSettings } from '../../settings.ts';
import { isOpen, gates } from './config/gates.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';
import { zoneOfShard } from './shards.ts';

/** Of a workload; it comes before the operator's `--discovery`. */
export const discoveryAnnotation = 'stoker.dev/discovery';

/** Who finds the targets of a workload (docs/adr/0011-discovery-service.md). */
export interface DiscoveryChoice {
  /** Undefined: Prometheus does it for itself. */
  readonly service: DiscoveryServiceSettings | undefined;
  /** Why it is not the service though somebody asks for that, or what is wrong with the annotation; for people. */
  readonly problem: string | undefined;
}

type Chooser = Pick<PrometheusWorkload, 'owner' | 'version' | 'settings'>;

/** Whatever is wrong leaves the workload its own discovery: that always works. */
export function chooseDiscovery({ owner, version, settings }: Chooser): DiscoveryChoice {
  const { discoveryService: service } = settings;
  const written = owner.metadata.annotations?.[discoveryAnnotation]?.trim();
  const wanted = written ?? service?.fallback ?? 'own';
  if (wanted === 'own') return keepOwn();
  if (wanted !== 'service') return keepOwn(`unknown value "${wanted}": want "service" or "own"`);
  if (service === undefined)
    return keepOwn('there is no discovery service: start the operator with --discovery-service-url');
  if (isOpen(gates.http_sd_configs, version)) return { service, problem: undefined };
  const since = `the discovery service needs Prometheus ${gates.http_sd_configs.since}, this is ${version.toString()}`;
  return keepOwn(written === undefined ? undefined : since);
}

/** How the service deals targets out to shards; it comes with `stoker.dev/discovery`. */
export const assignmentAnnotation = 'stoker.dev/shard-assignment';

/** Whatever is wrong leaves targets dealt out by the rules of their jobs, as Prometheus does it. */
export function chooseAssignment(workload: PrometheusWorkload): {
  readonly assignment: Assignment;
  readonly problem: string | undefined;
} {
  const wanted = workload.owner.metadata.annotations?.[assignmentAnnotation]?.trim() ?? 'hash';
  const keep = (reason: string) => ({
    assignment: 'hash' as const,
    problem: `Targets are dealt out by hash: annotation ${assignmentAnnotation}: ${reason}`,
  });
  if (wanted === 'hash') return { assignment: 'hash', problem: undefined };
  if (wanted !== 'balanced') return keep(`unknown value "${wanted}": want "hash" or "balanced"`);
  if (chooseDiscovery(workload).service === undefined)
    return keep(`only the discovery service can balance: set ${discoveryAnnotation} to "service"`);
  if (zoneOfShard(workload.spec, 0, workload.settings) !== undefined)
    return keep('shards that are spread over zones have the targets of their zone');
  return { assignment: 'balanced', problem: undefined };
}

/** @param reason what is wrong with the annotation; undefined: nothing is */
const keepOwn = (reason?: string): DiscoveryChoice => ({
  service: undefined,
  problem: reason && `Own discovery is used: annotation ${discoveryAnnotation}: ${reason}`,
});

const caKey = 'ca.crt';

/** The keys that jobs of the discovery service need besides those of monitors: none or the CA of its certificate. */
export function listDiscoveryReferences(chooser: Chooser): FieldReference[] {
  const ca = chooseDiscovery(chooser).service?.ca;
  return ca === undefined
    ? []
    : [{ kind: 'Secret', ...ca, key: caKey, field: `metadata.annotations[${discoveryAnnotation}]` }];
}
