import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { CacheHealth } from '../../controllers/workload/controller.ts';
import type { FeatureGates } from '../../core/settings.ts';
import { nameCache } from '../health.ts';

/** What the process tells about itself as a whole. */
export interface ProcessMetrics {
  setBuild(version: string): void;
  setGates(gates: FeatureGates): void;
  /** Asked at each scrape. */
  observeLeadership(isLeader: () => boolean): void;
  /** Asked at each scrape. */
  observeCaches(list: () => readonly CacheHealth[]): void;
}

/** What was built; every program of ours has it. */
export function createBuildGauge(registry: Registry): (version: string) => void {
  const build = new Gauge({
    name: 'prometheus_operator_build_info',
    help: '1, labelled with what was built',
    labelNames: ['version', 'runtime'],
    registers: [registry],
  });
  return (version) => build.set({ version, runtime: `node${process.versions.node}` }, 1);
}

export function createProcessMetrics(registry: Registry): ProcessMetrics {
  const registers = [registry];
  const gates = new Gauge({
    name: 'prometheus_operator_feature_gate',
    help: '1 for gates that are on',
    labelNames: ['name'],
    registers,
  });
  const sources: { isLeader: () => boolean } = { isLeader: () => false };
  new Gauge({
    name: 'stoker_leader',
    help: '1 while this replica may write: it holds the Lease, or none is used',
    registers,
    collect() {
      this.set(sources.isLeader() ? 1 : 0);
    },
  });
  return {
    setBuild: createBuildGauge(registry),
    setGates(all) {
      for (const [name, on] of Object.entries(all)) gates.set({ name }, on ? 1 : 0);
    },
    observeLeadership: (isLeader) => void (sources.isLeader = isLeader),
    observeCaches: createCacheGauges(registry),
  };
}

function createCacheGauges(registry: Registry): ProcessMetrics['observeCaches'] {
  const options = { labelNames: ['resource'] as const, registers: [registry] };
  let listCaches: () => readonly CacheHealth[] = () => [];
  new Gauge({
    name: 'stoker_cache_synced',
    help: '1 while the cache of the resource is filled',
    ...options,
    collect() {
      for (const cache of listCaches()) this.set({ resource: nameCache(cache) }, cache.health.synced ? 1 : 0);
    },
  });
  new Gauge({
    name: 'stoker_cache_last_event_timestamp_seconds',
    help: 'When the cache of the resource last heard of the API server: an event, a bookmark or a list',
    ...options,
    collect() {
      for (const cache of listCaches()) {
        const { lastEventAt } = cache.health;
        if (lastEventAt !== undefined) this.set({ resource: nameCache(cache) }, lastEventAt / 1000);
      }
    },
  });
  return (list) => void (listCaches = list);
}
