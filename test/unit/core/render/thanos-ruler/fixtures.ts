import type { Container } from '../../../../../src/api/core/container.ts';
import type { ThanosRuler, ThanosRulerSpec } from '../../../../../src/api/thanos-ruler.ts';
import type { PodSpec, StatefulSet } from '../../../../../src/core/render/shared/rendered-objects.ts';
import { renderRulerSet } from '../../../../../src/core/render/thanos-ruler/ruler-set.ts';
import { asThanosRulerWorkload } from '../../../../../src/core/render/thanos-ruler/ruler-workload.ts';
import type { ThanosRulerWorkload } from '../../../../../src/core/render/thanos-ruler/ruler-workload.ts';
import type { OperatorSettings } from '../../../../../src/core/settings.ts';
import { makeSettings } from '../prometheus/fixtures.ts';

/** The ThanosRuler monitoring/main with a querier. */
export function makeRuler(spec: ThanosRulerSpec = {}, metadata: Partial<ThanosRuler['metadata']> = {}): ThanosRuler {
  return {
    metadata: { name: 'main', namespace: 'monitoring', uid: 't1', ...metadata },
    spec: { queryEndpoints: ['query:9090'], ...spec },
  };
}

export function makeRulerWorkload(
  spec: ThanosRulerSpec = {},
  settings: Partial<OperatorSettings> = {},
): ThanosRulerWorkload {
  return asThanosRulerWorkload(makeRuler(spec), makeSettings(settings));
}

/** With one Secret of TLS assets and one rule ConfigMap. */
export function makeRulerSet(spec: ThanosRulerSpec = {}, settings: Partial<OperatorSettings> = {}): StatefulSet {
  const workload = makeRulerWorkload(spec, settings);
  return renderRulerSet(workload, { tlsAssetSecrets: 1, ruleConfigMaps: ['rules-0'] });
}

export const podOf = ({ spec }: StatefulSet): PodSpec => spec.template.spec;

export function containerOf(set: StatefulSet, name: string): Container {
  const found = podOf(set).containers.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no container "${name}"`);
  return found;
}

/** The arguments of the thanos-ruler container. */
export const argsOf = (spec: ThanosRulerSpec): readonly string[] =>
  containerOf(makeRulerSet(spec), 'thanos-ruler').args ?? [];
