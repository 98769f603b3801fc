import { gunzipSync } from 'node:zlib';
import type { Prometheus, PrometheusSpec } from '../../../../src/api/prometheus.ts';
import { complete } from '../../../../src/base/interruptible.ts';
import { parseYaml } from '../../../../src/base/yaml.ts';
import type { AssetObject } from '../../../../src/core/assets/store.ts';
import {
  createPrometheusCaches,
  matchPrometheus,
  renderPrometheus,
} from '../../../../src/core/desired/desired-prometheus.ts';
import type { DesiredPrometheus } from '../../../../src/core/desired/desired-prometheus.ts';
import type { Step } from '../../../../src/core/desired/steps.ts';
import type { Monitors } from '../../../../src/core/monitor.ts';
import { asServerWorkload } from '../../../../src/core/render/prometheus/prometheus-workload.ts';
import type { ConfigMap } from '../../../../src/core/render/shared/rendered-objects.ts';
import type { DiscoveryServiceSettings, OperatorSettings } from '../../../../src/core/settings.ts';
import { makeLister, makePrometheus, makeSecret, makeSources, makeStore, settings } from '../select/fixtures.ts';

export const service: DiscoveryServiceSettings = {
  url: 'https://discovery:8443',
  fallback: 'own',
  refreshInterval: '10s',
  ca: { namespace: 'system', name: 'discovery-ca' },
};

export const caSecret = makeSecret('system/discovery-ca', { 'ca.crt': 'CA' });

export interface Given {
  readonly monitors?: Partial<Monitors>;
  readonly spec?: Partial<PrometheusSpec>;
  /** Of the annotation; undefined: there is none. */
  readonly discovery?: string | undefined;
  /** Of the annotation stoker.dev/shard-assignment. */
  readonly assignment?: string;
  readonly service?: DiscoveryServiceSettings | undefined;
  readonly secrets?: readonly AssetObject[];
}

function annotate(
  prometheus: Prometheus,
  { discovery, assignment }: Pick<Given, 'discovery' | 'assignment'>,
): Prometheus {
  const annotations = {
    ...(discovery === undefined ? {} : { 'stoker.dev/discovery': discovery }),
    ...(assignment === undefined ? {} : { 'stoker.dev/shard-assignment': assignment }),
  };
  return { ...prometheus, metadata: { ...prometheus.metadata, annotations } };
}

/** Everything that a Prometheus should have, by default one that uses the service. */
export function renderServed(given: Given, caches = createPrometheusCaches()): DesiredPrometheus {
  const { monitors = {}, spec = {}, secrets = [caSecret] } = given;
  const discoveryService = 'service' in given ? given.service : service;
  const all: OperatorSettings = { ...settings, discoveryService };
  const discovery = 'discovery' in given ? given.discovery : 'service';
  const workload = asServerWorkload(annotate(makePrometheus(spec), { ...given, discovery }), all);
  const sources = { ...makeSources(monitors), PrometheusRule: makeLister([]) };
  return complete(renderPrometheus(complete(matchPrometheus(workload, sources, caches)), makeStore(secrets), caches));
}

export type Write = Extract<Step, { kind: 'write' }>;

export const listWrites = ({ steps }: DesiredPrometheus): Write[] => steps.filter((step) => step.kind === 'write');

const nameOf = ({ object }: Write): string => object.metadata.name ?? '';

export const listPlans = (desired: DesiredPrometheus): Write[] =>
  listWrites(desired).filter((write) => nameOf(write).includes('-discovery-'));

/** Names of the objects of `after` that are not as they were. */
export function listChanged(before: DesiredPrometheus, after: DesiredPrometheus): string[] {
  const known = new Map(listWrites(before).map((write) => [nameOf(write), write.fingerprint]));
  return listWrites(after).flatMap((write) => (known.get(nameOf(write)) === write.fingerprint ? [] : [nameOf(write)]));
}

export interface JobYaml {
  readonly job_name: string;
  readonly http_sd_configs?: readonly Readonly<Record<string, unknown>>[];
  readonly kubernetes_sd_configs?: readonly Readonly<Record<string, unknown>>[];
  readonly relabel_configs?: readonly unknown[];
  readonly [key: string]: unknown;
}

export interface ConfigYaml {
  readonly global: Readonly<Record<string, unknown>>;
  readonly scrape_configs: readonly JobYaml[];
}

export const unpack = (packed: string | undefined): string =>
  gunzipSync(Buffer.from(packed ?? '', 'base64')).toString();

/** What the configuration Secret holds. */
export function readWritten(desired: DesiredPrometheus): ConfigYaml {
  const secret = listWrites(desired).find((write) => nameOf(write) === 'prometheus-k8s');
  return parseYaml(unpack(secret?.object.data?.['prometheus.yaml.gz'])) as ConfigYaml;
}

/** What the plan ConfigMaps hold, in the order in which they are written. */
export const readPlans = (desired: DesiredPrometheus): ConfigYaml[] =>
  listPlans(desired).map(
    ({ object }) => parseYaml(unpack((object as ConfigMap).binaryData?.['jobs.yaml.gz'])) as ConfigYaml,
  );
