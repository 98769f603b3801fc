import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { numberAt, objectAt, objectsAt, textAt } from '../strategies/read-json.ts';
import { ageColumn, nameColumn, orNone, text, wide } from './cells.ts';
import type { Column } from './column.ts';

const statuses = (object: ApiObject): JsonObject[] => objectsAt(objectAt(object, 'status'), 'containerStatuses');

function ready(object: ApiObject): string {
  const total = objectsAt(objectAt(object, 'spec'), 'containers').length;
  return `${statuses(object).filter((one) => one.ready === true).length}/${total}`;
}

/** The phase, or the first reason of a container that waits or ended; Terminating once deleted. */
function phase(object: ApiObject): string {
  if (object.metadata.deletionTimestamp !== undefined) return 'Terminating';
  const status = objectAt(object, 'status');
  const reasons = statuses(object).map(({ state }) => {
    const known = (state ?? {}) as JsonObject;
    return textAt(objectAt(known, 'waiting'), 'reason') || textAt(objectAt(known, 'terminated'), 'reason');
  });
  return reasons.find((reason) => reason !== '') ?? (textAt(status, 'reason') || textAt(status, 'phase'));
}

export const podColumns: readonly Column[] = [
  nameColumn,
  text('Ready', ready),
  text('Status', phase),
  text('Restarts', (object) =>
    String(statuses(object).reduce((sum, one) => sum + (numberAt(one, 'restartCount') ?? 0), 0)),
  ),
  ageColumn,
  wide(text('IP', (object) => orNone(textAt(objectAt(object, 'status'), 'podIP')))),
  wide(text('Node', (object) => orNone(textAt(objectAt(object, 'spec'), 'nodeName')))),
  wide(text('Nominated Node', (object) => orNone(textAt(objectAt(object, 'status'), 'nominatedNodeName')))),
  wide(
    text('Readiness Gates', (object) => {
      const gates = objectsAt(objectAt(object, 'spec'), 'readinessGates');
      const conditions = objectsAt(objectAt(object, 'status'), 'conditions');
      const met = gates.filter((gate) =>
        conditions.some((one) => one.type === gate.conditionType && one.status === 'True'),
      );
      return gates.length === 0 ? '<none>' : `${met.length}/${gates.length}`;
    }),
  ),
];
