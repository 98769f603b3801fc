/** Resources that answer questions. The sandbox has no authorization: everyone who is let in may do everything. */
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import type { Review } from './resource.ts';

const answer = (object: ApiObject, status: JsonObject): ApiObject => ({ ...object, status });

const everything = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }];
const everyPath = [{ verbs: ['*'], nonResourceURLs: ['*'] }];

export const reviews: Readonly<Record<'access' | 'rules' | 'selfSubject' | 'token', Review>> = {
  access: (object) => answer(object, { allowed: true, reason: 'The sandbox allows everything' }),
  rules: (object) => answer(object, { resourceRules: everything, nonResourceRules: everyPath, incomplete: false }),
  selfSubject: (object, user) => answer(object, { userInfo: { username: user.name, groups: [...user.groups] } }),
  token: (object) => answer(object, { authenticated: false, user: {} }),
};
