/** Resources that answer questions. The sandbox has no authorization: everyone who is let in may do everything. */
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { invalid, invalidObject } from '../strategies/field-error.ts';
import { objectAt } from '../strategies/read-json.ts';
import type { Review, User } from './resource.ts';

const answer = (object: ApiObject, status: JsonObject): ApiObject => ({ ...object, status });

/** A review asks about a resource or about a path, not about both or neither. */
function requireAttributes(object: ApiObject): void {
  const { resourceAttributes, nonResourceAttributes } = objectAt(object, 'spec');
  if ((resourceAttributes === undefined) !== (nonResourceAttributes === undefined)) return;
  const detail = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  const error = invalid('spec.resourceAttributes', nonResourceAttributes ?? null, detail);
  throw invalidObject({ group: 'authorization.k8s.io', kind: object.kind }, '', [error]);
}

const describeUser = ({ name, groups }: User): JsonObject => ({ username: name, groups: [...groups] });

const everything = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }];
const everyPath = [{ verbs: ['*'], nonResourceURLs: ['*'] }];

export const reviews: Readonly<Record<'access' | 'rules' | 'selfSubject' | 'token', Review>> = {
  access: (object) => {
    requireAttributes(object);
    return answer(object, { allowed: true, reason: 'The sandbox allows everything' });
  },
  rules: (object) => answer(object, { resourceRules: everything, nonResourceRules: everyPath, incomplete: false }),
  selfSubject: (object, { user }) => answer(object, { userInfo: describeUser(user) }),
  token: (object, { tokens }) => {
    const { token } = objectAt(object, 'spec');
    const user = typeof token === 'string' ? tokens.get(token) : undefined;
    return answer(object, user === undefined ? { user: {} } : { authenticated: true, user: describeUser(user) });
  },
};
