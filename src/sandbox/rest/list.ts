import type { ApiObject } from '../api.ts';
import { storageKey } from '../registry/resource.ts';
import type { Resource } from '../registry/resource.ts';
import type { ListRange } from '../store/collection.ts';
import { HistoryExpiredError } from '../store/errors.ts';
import type { StoredList } from '../store/store.ts';
import { StatusError, badRequest, expired } from '../status-error.ts';
import type { Backend, Target } from './backend.ts';
import type { ListQuery } from './list-options.ts';
import { parseRevision, waitForRevision } from './resource-versions.ts';
import { parseFilter } from './selectors.ts';
import type { ObjectFilter } from './selectors.ts';

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
  const limit = query.limit > 0 && wanted !== 0 ? query.limit : undefined;
  const range = {
    prefix: namespace === '' ? '' : `${namespace}/`,
    ...(token === undefined ? {} : { after: token.after }),
    // A filter may leave out any of them: the limit is for what is left.
    ...(limit === undefined || filter !== undefined ? {} : { limit }),
    ...(at === undefined ? {} : { at }),
  };
  return makePage(readAt(backend, resource.collection, range, token), { resource, filter, limit });
}

interface PageRule {
  readonly resource: Resource;
  readonly filter: ObjectFilter | undefined;
  readonly limit: number | undefined;
}

function makePage({ items, revision, remaining }: StoredList, { resource, filter, limit }: PageRule): Page {
  const matching = filter === undefined ? items : items.filter(filter);
  const page = limit === undefined ? matching : matching.slice(0, limit);
  const { namespace = '', name = '' } = page[page.length - 1]?.metadata ?? {};
  const more = remaining > 0 || matching.length > page.length;
  return {
    items: page,
    resourceVersion: String(revision),
    continueToken: more ? makeToken(revision, storageKey(resource, namespace, name)) : '',
    remaining: more && filter === undefined ? remaining : undefined,
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
  collection: string,
  range: ListRange & { at?: number },
  token: Token | undefined,
): StoredList {
  try {
    return store.list(collection, range);
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
