/** Table answers: what `kubectl get` prints. */
import type { Clock } from '../../base/clock.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import type { Resource } from '../registry/resource.ts';

export type IncludeObject = 'None' | 'Metadata' | 'Object';

export interface TableRequest {
  readonly resource: Resource;
  readonly clock: Pick<Clock, 'now'>;
  readonly include: IncludeObject;
  /** False for the later events of a watch. */
  readonly definitions: boolean;
}

/** A meta.k8s.io/v1 Table; `objects` are in the version of the resource. */
export function renderTable(objects: readonly ApiObject[], metadata: JsonObject, request: TableRequest): JsonObject {
  const { resource, definitions } = request;
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: definitions
      ? resource.columns.map(({ value: _value, ...column }) => ({
          format: '',
          description: '',
          priority: 0,
          ...column,
        }))
      : null,
    rows: objects.map((object) => renderRow(object, request)),
  };
}

function renderRow(object: ApiObject, { resource, clock, include }: TableRequest): JsonObject {
  const cells = resource.columns.map((column) => column.value(object, clock) ?? null);
  if (include === 'None') return { cells, object: null };
  if (include === 'Object') return { cells, object };
  return { cells, object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata } };
}
