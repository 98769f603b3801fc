import type { ResourceType } from './meta.ts';
import { monitoringGroup } from './resource.ts';
import type { Schema } from './schema.ts';

/** Version of the reference whose API these resources are (annotation of every CRD). */
export const apiLevel = '0.93.0';

/** A column of `kubectl get`. `priority` 1 is shown with `-o wide` only. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'boolean' | 'date';
  readonly jsonPath: string;
  readonly priority?: number;
}

/** Paths of the scale subresource, as `kubectl scale` and autoscalers use it. */
export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath: string;
}

/** One version of a custom resource. */
export interface KindVersion {
  readonly version: string;
  readonly schema: Schema;
  /** Exactly one version of a kind is stored. All are served. */
  readonly stored: boolean;
  /** Left out of the slim set: it needs the conversion webhook. */
  readonly needsConversion?: boolean;
}

/** Everything the API server has to know about a kind of ours. */
export interface CustomKind {
  /** The type as the operator reads it: the stored version. */
  readonly type: ResourceType;
  readonly shortName: string;
  readonly versions: readonly KindVersion[];
  readonly columns?: readonly PrinterColumn[];
  readonly scale?: ScalePaths;
}

/** Whether some versions of the kind can only be served where somebody converts them. */
export const hasConvertedVersions = ({ versions }: CustomKind): boolean =>
  versions.some(({ needsConversion }) => needsConversion === true);

/** JSON of a schema as the API server takes it. */
export type SchemaJSON = Record<string, unknown>;

/** Who converts the versions of a kind. */
export interface CRDConversion {
  /** `spec.conversion`. */
  readonly conversion: Readonly<Record<string, unknown>>;
  /** Annotations for those who put the CA of the webhook in. */
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * A CustomResourceDefinition (apiextensions.k8s.io/v1), complete, ready to be applied. The full set has all versions,
 * the slim set only those that need no conversion.
 * @param converted needed for the full set of a kind with several versions, or put in by somebody else.
 */
export function renderCRD(
  kind: CustomKind,
  set: 'slim' | 'full' = 'slim',
  converted?: CRDConversion,
): Record<string, unknown> {
  const versions = kind.versions.filter((one) => set === 'full' || one.needsConversion !== true);
  const { plural, kind: name } = kind.type;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${monitoringGroup}`,
      annotations: { 'operator.prometheus.io/version': apiLevel, ...converted?.annotations },
    },
    spec: {
      ...(converted === undefined ? {} : { conversion: converted.conversion }),
      group: monitoringGroup,
      names: {
        categories: ['prometheus-operator'],
        kind: name,
        listKind: `${name}List`,
        plural,
        shortNames: [kind.shortName],
        singular: name.toLowerCase(),
      },
      scope: 'Namespaced',
      versions: versions.map((one) => renderVersion(kind, one)),
    },
  };
}

function renderVersion(kind: CustomKind, { version, schema, stored }: KindVersion): Record<string, unknown> {
  return {
    ...(kind.columns === undefined ? {} : { additionalPrinterColumns: kind.columns }),
    name: version,
    schema: { openAPIV3Schema: renderSchema(schema) },
    served: true,
    storage: stored,
    subresources: { ...(kind.scale === undefined ? {} : { scale: kind.scale }), status: {} },
  };
}

/**
 * The structural schema of a TypeBox schema: plain JSON, properties in alphabetical order, notes that the API server
 * does not know (`since`, `deprecated`) told in the description.
 */
export function renderSchema(schema: Schema): SchemaJSON {
  return renderNode({ ...schema });
}

function renderNode(node: SchemaJSON): SchemaJSON {
  const { since, deprecated, hint: _hint, description, properties, items, additionalProperties, ...rest } = node;
  const sentences = joinSentences(description, since, deprecated);
  return {
    ...(sentences === '' ? {} : { description: sentences }),
    ...rest,
    ...(properties === undefined ? {} : { properties: renderProperties(properties as Record<string, SchemaJSON>) }),
    ...(items === undefined ? {} : { items: renderNode(items as SchemaJSON) }),
    ...(additionalProperties === undefined
      ? {}
      : { additionalProperties: renderNode(additionalProperties as SchemaJSON) }),
  };
}

function renderProperties(properties: Record<string, SchemaJSON>): SchemaJSON {
  const sorted = Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, node]) => [name, renderNode(node)]));
}

function joinSentences(description: unknown, since: unknown, deprecated: unknown): string {
  const sentences = [
    typeof description === 'string' ? description : '',
    typeof since === 'string' ? `Needs ${since} or newer.` : '',
    typeof deprecated === 'string' ? `Deprecated: ${deprecated}.` : '',
  ];
  return sentences.filter((one) => one !== '').join(' ');
}
