/** The parts of a CustomResourceDefinition, typed as far as they are read. */
import { isJsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { objectAt, objectsAt, textAt } from '../strategies/read-json.ts';
import type { ScalePaths } from '../registry/resource.ts';
import type { Schema } from '../schema/schema.ts';

export interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  readonly priority: number;
  readonly jsonPath: string;
}

export interface DefinitionVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly schema: Schema;
  readonly status: boolean;
  readonly scale: ScalePaths | undefined;
  readonly columns: readonly PrinterColumn[];
  readonly selectableFields: readonly string[];
  readonly deprecation: string | undefined;
}

export interface Definition {
  readonly group: string;
  readonly namespaced: boolean;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly versions: readonly DefinitionVersion[];
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** Reads a definition that has passed validation. */
export function readDefinition(object: ApiObject): Definition {
  const spec = objectAt(object, 'spec');
  const names = objectAt(spec, 'names');
  const group = textAt(spec, 'group');
  const kind = textAt(names, 'kind');
  return {
    group,
    namespaced: spec.scope === 'Namespaced',
    plural: textAt(names, 'plural'),
    singular: textAt(names, 'singular') || kind.toLowerCase(),
    kind,
    listKind: textAt(names, 'listKind') || `${kind}List`,
    shortNames: texts(names.shortNames),
    categories: texts(names.categories),
    versions: objectsAt(spec, 'versions').map((version) => readVersion(version, group, kind)),
  };
}

function readVersion(version: Record<string, unknown>, group: string, kind: string): DefinitionVersion {
  const subresources = objectAt(version, 'subresources');
  const { scale } = subresources;
  const name = textAt(version, 'name');
  const warning = textAt(version, 'deprecationWarning') || `${group}/${name} ${kind} is deprecated`;
  return {
    name,
    served: version.served === true,
    storage: version.storage === true,
    schema: objectAt(version, 'schema').openAPIV3Schema ?? {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
    },
    status: subresources.status !== undefined,
    scale: isJsonObject(scale) ? (scale as unknown as ScalePaths) : undefined,
    columns: objectsAt(version, 'additionalPrinterColumns').map((column) => ({
      name: textAt(column, 'name'),
      type: textAt(column, 'type'),
      format: textAt(column, 'format'),
      description: textAt(column, 'description'),
      priority: typeof column.priority === 'number' ? column.priority : 0,
      jsonPath: textAt(column, 'jsonPath'),
    })),
    selectableFields: objectsAt(version, 'selectableFields').map((field) =>
      textAt(field, 'jsonPath').replace(/^\./, ''),
    ),
    deprecation: version.deprecated === true ? warning : undefined,
  };
}
