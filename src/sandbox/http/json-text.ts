/** Bodies as text: JSON with the facts that JSON.parse forgets, or YAML. */
import { parseYaml } from '../../base/yaml.ts';
import { describeError } from '../../base/errors.ts';
import type { Registry } from '../registry/registry.ts';
import type { BodyFacts } from '../rest/backend.ts';
import { DecodeError } from '../schema/conform.ts';
import { readEnvelope, readMessage } from '../schema/protobuf.ts';
import { badRequest, StatusError } from '../status-error.ts';
import type { ApiRequest } from './message.ts';

export interface ParsedBody {
  readonly value: unknown;
  readonly facts: BodyFacts;
}

const jsonTypes = ['', 'application/json'];

/** Reads a body of a create, update or delete. @throws {StatusError} 400 or 415. */
export function parseBody(
  { body = '', headers }: Pick<ApiRequest, 'body' | 'headers'>,
  registry: Registry,
): ParsedBody {
  const type = mediaType(headers['content-type']);
  if (Buffer.isBuffer(body) && type === 'application/vnd.kubernetes.protobuf')
    return { value: readProtobuf(body, registry), facts: noFacts };
  const text = body.toString();
  if (type === 'application/yaml') return { value: readYaml(text), facts: noFacts };
  if (!jsonTypes.includes(type)) {
    const accepted = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
    );
  }
  return parseJsonBody(text);
}

function readProtobuf(bytes: Buffer, registry: Registry): unknown {
  try {
    const { apiVersion, kind, raw } = readEnvelope(bytes);
    const [version = '', group = ''] = apiVersion.split('/').reverse();
    const schema = registry.findKind(group, version, kind)?.schema ?? registry.findType(kind);
    if (schema?.numbers === undefined)
      throw new DecodeError(`no kind "${kind}" is registered for version "${apiVersion}"`);
    return { ...readMessage(raw, schema), apiVersion, kind };
  } catch (error) {
    if (error instanceof DecodeError) throw badRequest(error.message);
    throw error;
  }
}

export const noFacts: BodyFacts = { duplicates: [], positionOf: () => 0 };

export function parseJsonBody(text: string): ParsedBody {
  try {
    return { value: JSON.parse(text) as unknown, facts: findFacts(text) };
  } catch (error) {
    throw badRequest(`couldn't get version/kind; json parse error: ${describeError(error)}`);
  }
}

export function readYaml(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    throw badRequest(`error converting YAML to JSON: ${describeError(error)}`);
  }
}

export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function findFacts(text: string): BodyFacts {
  const { duplicates } = scan(text, false);
  let positions: ReadonlyMap<string, number> | undefined;
  return {
    duplicates,
    positionOf: (path) => {
      positions ??= scan(text, true).positions;
      return positions.get(path) ?? Number.MAX_SAFE_INTEGER;
    },
  };
}

/** One open object or list of the scan. */
interface Level {
  readonly path: string;
  /** Names seen, undefined in a list. */
  readonly names: Set<string> | undefined;
  key: string;
  at: number;
}

const token = /"(?:[^"\\]|\\.?)*"?|[{}[\],:]/g;

interface Scan {
  readonly duplicates: string[];
  readonly positions: Map<string, number>;
}

/** Walks valid JSON token by token: members that occur twice, and (when asked) where each path stands. */
function scan(text: string, wantPositions: boolean): Scan {
  const found: Scan = { duplicates: [], positions: new Map() };
  const levels: Level[] = [];
  let last = '';
  for (const match of text.matchAll(token)) {
    const [sign] = match;
    const top = levels[levels.length - 1];
    if (sign === '{') levels.push({ path: pathOf(top), names: new Set(), key: '', at: 0 });
    else if (sign === '[') levels.push({ path: pathOf(top), names: undefined, key: '', at: 0 });
    else if (sign === '}' || sign === ']') levels.pop();
    else if (sign === ',' && top !== undefined) top.at += 1;
    else if (sign === ':' && top !== undefined) noteMember(top, last, wantPositions ? match.index : undefined, found);
    last = sign;
  }
  return found;
}

function noteMember(level: Level, name: string, position: number | undefined, { duplicates, positions }: Scan): void {
  level.key = JSON.parse(name) as string;
  const isKnown = level.names?.has(level.key) === true;
  level.names?.add(level.key);
  if (!isKnown && position === undefined) return;
  const path = pathOf(level);
  if (isKnown) duplicates.push(path);
  else positions.set(path, position ?? 0);
}

function pathOf(level: Level | undefined): string {
  if (level === undefined) return '';
  if (level.names === undefined) return `${level.path}[${level.at}]`;
  return level.path === '' ? level.key : `${level.path}.${level.key}`;
}
