import { keyOf } from '../../api/meta.ts';
import type { Desired, Rejected } from '../desired/steps.ts';
import { listRejected } from '../desired/steps.ts';
import { codeOf } from '../reasons/lookup.ts';
import { describeRejection } from '../rejection.ts';
import type { RejectionChange } from './plan-model.ts';

const nameRejected = ({ type, object }: Rejected): string => `${type.kind} ${keyOf(object)}`;

/** An object that is rejected for another reason than before counts as newly rejected. */
export function compareRejections(from: Desired | undefined, to: Desired | undefined): RejectionChange[] {
  const [before, after] = [from, to].map(
    (side) => new Map((side === undefined ? [] : listRejected(side)).map((one) => [nameRejected(one), one])),
  );
  if (to === undefined || before === undefined || after === undefined) return [];
  const accepted = new Set(
    Object.entries(to.verdicts).flatMap(([kind, verdicts]) =>
      verdicts.accepted.map((object) => `${kind} ${keyOf(object)}`),
    ),
  );
  const isSame = (one: Rejected): boolean => {
    const old = before.get(nameRejected(one))?.rejection;
    return old !== undefined && old.reason === one.rejection.reason && old.field === one.rejection.field;
  };
  const newly = [...after.values()].filter((one) => !isSame(one));
  const former = [...before.values()].filter((one) => !after.has(nameRejected(one)));
  return [
    ...newly.map((one) => describeRejected(one, 'rejected')),
    ...former.map((one) => describeRejected(one, accepted.has(nameRejected(one)) ? 'accepted' : 'gone')),
  ];
}

function describeRejected({ type, object, rejection }: Rejected, action: RejectionChange['action']): RejectionChange {
  const { namespace = '', name = '' } = object.metadata;
  const { reason } = rejection;
  return {
    action,
    kind: type.kind,
    namespace,
    name,
    reason,
    code: codeOf(reason),
    message: describeRejection(rejection),
  };
}
