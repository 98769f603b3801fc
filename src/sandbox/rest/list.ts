import type { ApiObject } from '../api.ts';
import { storageKey } from '../registry/resource.ts';
import { HistoryExpiredError } from '../store/errors.ts';
import { StatusError, badRequest, expired } from '../status-error.ts';
import type { Backend, Target } from './backend.ts';
import type { ListQuery } from './list-options.ts';
import { parseRevision, waitForRevision } from './revisions.ts';
import { parseFilter } from './selectors.ts';

export interface Page {
  /** As they are stored: encoding converts them to the version asked for. */
  readonly items: readonly ApiObject[];
  readonly resourceVersion: string;
  readonly continueToken: string;
  readonly remaining: number | undefined;
}

/** Lists the target's resource, in its namespace or in all, page by page when a limit is set. */
export async function listObjects(backend: Backend, target: Target, query: ListQuery): Promise<Page> {
  const { resource, namespace } = target;
  const filter = parseFilter(resource, query);
  const token = query.continueToken === '' ? undefined : parseToken(query.continueToken);
  const wanted = parseRevision(query.resourceVersion);
  if (wanted !== undefined) await waitForRevision(backend, wanted);
  const at = token?.revision ?? exactRevision(query, wanted);
  const prefix = namespace === '' ? '' : `${namespace}/`;
  const { items, revision } = readAt(backend, { collection: resource.collection, prefix, at }, token);
  const keyOf = ({ metadata }: ApiObject): string =>
    storageKey(resource, metadata.namespace ?? '', metadata.name ?? '');
  const rest = token === undefined ? items : items.filter((item) => keyOf(item) > token.after);
  const matching = filter === undefined ? rest : rest.filter(filter);
  const limit = query.limit > 0 && wanted !== 0 ? query.limit : matching.length;
  const page = matching.slice(0, limit);
  const last = page[page.length - 1];
  const more = matching.length > page.length && last !== undefined;
  return {
    items: page,
    resourceVersion: String(revision),
    continueToken: more ? makeToken(revision, keyOf(last)) : '',
    remaining: more && filter === undefined ? matching.length - page.length : undefined,
  };
}

/** The revision that must be shown, undefined for the newest. */
function exactRevision({ resourceVersionMatch, limit }: ListQuery, wanted: number | undefined): number | undefined {
  if (wanted === undefined || wanted === 0) return undefined;
  const legacy = resourceVersionMatch === '' && limit > 0;
  return resourceVersionMatch === 'Exact' || legacy ? wanted : undefined;
}

interface Token {
  /** Undefined for a token that goes on with the newest state. */
  readonly revision: number | undefined;
  readonly after: string;
}

function readAt(
  { store }: Backend,
  where: { collection: string; prefix: string; at: number | undefined },
  token: Token | undefined,
) {
  const { collection, prefix, at } = where;
  try {
    return store.list(collection, { prefix, ...(at === undefined ? {} : { at }) });
  } catch (error) {
    if (!(error instanceof HistoryExpiredError)) throw error;
    throw token === undefined ? expired('The resourceVersion for the provided list is too old.') : tokenExpired(token);
  }
}

const tooOld =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** 410 with a token that goes on with the newest state. */
function tokenExpired({ after }: Token): StatusError {
  const error = new StatusError(410, 'Expired', tooOld);
  error.status.metadata = { continue: makeToken(-1, after) };
  return error;
}

function makeToken(revision: number, after: string): string {
  const text = JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: `${after}\u0000` });
  return Buffer.from(text).toString('base64url');
}

function parseToken(token: string): Token {
  try {
    const { v, rv, start } = JSON.parse(Buffer.from(token, 'base64url').toString()) as Record<string, unknown>;
    if (v !== 'meta.k8s.io/v1' || typeof rv !== 'number' || typeof start !== 'string') throw new SyntaxError(token);
    return { revision: rv < 0 ? undefined : rv, after: start.replace(/\u0000$/, '') };
  } catch {
    throw badRequest('continue key is not valid: illegal base64 data or unknown version');
  }
}
