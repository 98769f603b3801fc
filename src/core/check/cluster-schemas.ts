import type { CustomKind } from '../../api/crd.ts';
import { apiLevel } from '../../api/crd.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { monitoringGroup } from '../../api/resource.ts';
import type { Schema } from '../../api/schema.ts';
import { Validator } from '../../api/validate.ts';
import type { SchemaName } from '../../api/validate.ts';
import type { Finding } from './finding.ts';

/** The parts of a CustomResourceDefinition that are read. */
interface DefinitionManifest extends KubernetesObject {
  readonly spec?: {
    readonly group?: string;
    readonly names?: { readonly kind?: string; readonly plural?: string };
    readonly versions?: readonly {
      readonly name?: string;
      readonly storage?: boolean;
      readonly schema?: { readonly openAPIV3Schema?: unknown };
    }[];
  };
}

/** Fields of one object that a cluster would drop. */
export interface DroppedFields {
  readonly paths: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

const levelAnnotation = 'operator.prometheus.io/version';

/** What the CRDs that a cluster has know: they may be older or newer than this operator. */
export class ClusterSchemas {
  readonly #validator: Validator;
  readonly #levels: ReadonlyMap<string, string>;

  /** @param manifests of which those that define resources of our group are read. */
  constructor(manifests: readonly KubernetesObject[]) {
    const definitions = manifests.filter(isOurs);
    this.#validator = new Validator(definitions.map(readKind));
    this.#levels = new Map(
      definitions.map(({ metadata, spec }) => [
        spec?.names?.kind ?? '',
        metadata.annotations?.[levelAnnotation] ?? 'another version',
      ]),
    );
  }

  /** How many kinds are known. */
  get size(): number {
    return this.#levels.size;
  }

  /** Fields that are pruned when the object is applied; undefined when the cluster has no such type. */
  listDropped(type: SchemaName, object: unknown): DroppedFields | undefined {
    if (!this.#validator.knows(type)) return undefined;
    const level = this.#levels.get(type.kind) ?? '';
    const findings = this.#validator.listUnknown(type, object).map(({ path }): Finding => ({
      severity: 'warning',
      reason: 'FieldDropped',
      path,
      part: 'name',
      message: `Field is dropped by the API server: the CRD is of ${level}, this field needs that of ${apiLevel}`,
    }));
    return { paths: new Set(findings.map(({ path }) => path)), findings };
  }
}

function isOurs(manifest: KubernetesObject): manifest is DefinitionManifest {
  const { spec } = manifest as DefinitionManifest;
  return manifest.kind === 'CustomResourceDefinition' && spec?.group === monitoringGroup;
}

function readKind({ spec }: DefinitionManifest): CustomKind {
  const { kind = '', plural = '' } = spec?.names ?? {};
  const versions = (spec?.versions ?? []).map(({ name = '', storage = false, schema }) => ({
    version: name,
    schema: (schema?.openAPIV3Schema ?? { 'x-kubernetes-preserve-unknown-fields': true }) as Schema,
    stored: storage,
  }));
  const version = versions.find((one) => one.stored)?.version ?? '';
  return { type: { group: monitoringGroup, version, plural, kind, namespaced: true }, shortName: '', versions };
}
