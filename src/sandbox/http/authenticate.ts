/** Who asks: by bearer token. */
import type { User } from '../registry/resource.ts';
import { StatusError } from '../status-error.ts';
import type { ApiRequest } from './message.ts';

/** Users by token. */
export type Tokens = ReadonlyMap<string, User>;

/** @throws {StatusError} 401 for everyone else. */
export function authenticate({ headers }: ApiRequest, tokens: Tokens): User {
  const [, token = ''] = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const user = tokens.get(token);
  if (user === undefined) throw new StatusError(401, 'Unauthorized', 'Unauthorized');
  return user;
}
