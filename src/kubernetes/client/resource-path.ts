import type { ResourceType } from '../../api/meta.ts';
import { ApiError } from './errors.ts';
import { shownNameCharacters } from '../limits.ts';

export interface ResourceAddress {
  /** "" or absent: all namespaces, or a cluster-scoped resource. */
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

export interface ResourcePath {
  readonly path: string;
  /** The path with namespace and name replaced: few values, fit for a metric label. */
  readonly endpoint: string;
}

/**
 * What no segment may hold, for the API server takes no such name: "/" and "%", with which it would be another path once
 * it is decoded, control characters and halves of characters (IsValidPathSegmentName of apimachinery).
 */
const impossible = /[/%\p{Cc}\p{Cs}]/u;

const isSegment = (text: string): boolean => text !== '.' && text !== '..' && !impossible.test(text);

/** What the server would answer, if it were asked: nothing is wrong with it, and asking again cannot help. */
function refuse(what: string, text: string): ApiError {
  const shown = text.length > shownNameCharacters ? `${text.slice(0, shownNameCharacters)}…` : text;
  const message = `Cannot address ${what} ${JSON.stringify(shown)}`;
  return new ApiError({ status: 400, reason: 'BadRequest', message });
}

/**
 * Refuses a path that is not the one that it seems to be: with "." or ".." as a segment, plain or encoded, or with an
 * encoded "/". The query is not looked at.
 * @throws {ApiError} 400, without a request.
 */
export function checkPath(path: string): void {
  const [plain = ''] = path.split('?', 1);
  if (!plain.startsWith('/') || !plain.split('/').every(isPlain)) throw refuse('the path', path);
}

function isPlain(segment: string): boolean {
  try {
    const text = decodeURIComponent(segment);
    return text !== '.' && text !== '..' && !/[/\\\p{Cc}]/u.test(text);
  } catch {
    return false;
  }
}

function checkSegments({ plural }: ResourceType, { namespace, name, subresource }: ResourceAddress): void {
  for (const [part, text = ''] of Object.entries({ namespace, name, subresource }))
    if (!isSegment(text)) throw refuse(`${plural}: no path holds the ${part}`, text);
}

/**
 * Where a resource lives below the server's address.
 * @throws {TypeError} when one namespaced object is addressed without a namespace, or any object by an empty name.
 * @throws {ApiError} 400, without a request, for a name that would make another path: names come from users.
 */
export function buildResourcePath(type: ResourceType, address: ResourceAddress): ResourcePath {
  const { namespace = '', name, subresource } = address;
  if (name === '') throw new TypeError(`Cannot address one of ${type.plural}: the name is empty`);
  if (type.namespaced && name !== undefined && namespace === '')
    throw new TypeError(`Cannot address ${type.plural} "${name}": the namespace is empty`);
  checkSegments(type, address);
  const root = type.group === '' ? `/api/${type.version}` : `/apis/${type.group}/${type.version}`;
  const inNamespace = type.namespaced && namespace !== '';
  const tail = subresource === undefined ? '' : `/${subresource}`;
  const build = (where: string, which: string): string =>
    `${root}${inNamespace ? `/namespaces/${where}` : ''}/${type.plural}${name === undefined ? '' : `/${which}${tail}`}`;
  return {
    path: build(encodeURIComponent(namespace), encodeURIComponent(name ?? '')),
    endpoint: build('{namespace}', '{name}'),
  };
}
