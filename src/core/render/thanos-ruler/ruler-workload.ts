import { apiVersionOf } from '../../../api/meta.ts';
import { thanosRulerSpec, thanosRulerType } from '../../../api/thanos-ruler.ts';
import type { ThanosRuler, ThanosRulerSpec } from '../../../api/thanos-ruler.ts';
import { checkReadable } from '../../field-checks/check-shape.ts';
import { requireNone } from '../../findings.ts';
import { dropNulls } from '../../../base/json.ts';
import type { OperatorSettings } from '../../settings.ts';
import { asOwner } from '../shared/metadata.ts';
import { parseThanosVersion } from '../shared/versions.ts';
import type { Workload } from '../shared/workload.ts';
import { listNames } from './ruler-names.ts';

/** A ThanosRuler as rendering sees it. */
export type ThanosRulerWorkload = Workload<ThanosRulerSpec>;

/** The API's own type of a ThanosRuler, for references to it. */
export const thanosRulerOwner = { apiVersion: apiVersionOf(thanosRulerType), kind: thanosRulerType.kind };

/** What the CRD fills in, for objects that come without: out of files, or from before (docs/reference/rendering.md 6.1). */
export const crdDefaults = { evaluationInterval: '15s', retention: '24h', portName: 'web' } as const;

export const grpcPort = 10901;
export const httpPort = 10902;

/** @throws {TerminalError} when spec.version is no version, or the spec is what no CRD would take. */
export function asThanosRulerWorkload(ruler: ThanosRuler, settings: OperatorSettings): ThanosRulerWorkload {
  requireNone(checkReadable(thanosRulerSpec, ruler.spec));
  return viewThanosRuler(ruler, settings);
}

/** As `asThanosRulerWorkload`, but whatever its spec is like: its status must be told. @throws {TerminalError} for spec.version. */
export function viewThanosRuler(ruler: ThanosRuler, settings: OperatorSettings): ThanosRulerWorkload {
  const { metadata } = ruler;
  const spec = dropNulls(ruler.spec);
  return {
    owner: asOwner(ruler, thanosRulerOwner),
    spec,
    version: parseThanosVersion(spec.version, 'spec.version'),
    settings,
    names: listNames(metadata.name ?? ''),
  };
}
