import { cloneJson, equalJson, isJsonObject, setMember } from './json.ts';

/** One operation of a JSON Patch (RFC 6902). */
export interface JsonPatchOperation {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

/** A patch that cannot be applied: the document lacks the path, or a `test` failed. */
export class JsonPatchError extends Error {
  override readonly name = 'JsonPatchError';
}

/**
 * Applies the operations in order to a copy of `document`.
 * @throws {JsonPatchError} when an operation is malformed, its path is missing or a test fails; nothing is applied then.
 */
export function applyJsonPatch(document: unknown, operations: readonly JsonPatchOperation[]): unknown {
  let root: unknown = cloneJson(document);
  for (const operation of operations) root = applyOperation(root, operation);
  return root;
}

function applyOperation(root: unknown, operation: JsonPatchOperation): unknown {
  const { op, path, from } = operation;
  switch (op) {
    case 'add':
      return add(root, path, cloneJson(requireValue(operation)));
    case 'remove':
      return remove(root, path);
    case 'replace':
      read(root, path, op);
      return replace(root, path, cloneJson(requireValue(operation)));
    case 'move': {
      const value = read(root, requireFrom(op, from), op);
      return add(remove(root, requireFrom(op, from)), path, value);
    }
    case 'copy':
      return add(root, path, cloneJson(read(root, requireFrom(op, from), op)));
    case 'test':
      return test(root, operation);
    default:
      throw new JsonPatchError(`Unexpected kind: ${op}`);
  }
}

function requireValue({ op, path, value }: JsonPatchOperation): unknown {
  if (value === undefined) throw new JsonPatchError(`${op} operation of path "${path}" has no value`);
  return value;
}

function requireFrom(op: string, from: string | undefined): string {
  if (from === undefined) throw new JsonPatchError(`${op} operation has no "from"`);
  return from;
}

function test(root: unknown, { path, value }: JsonPatchOperation): unknown {
  let found: unknown;
  try {
    found = read(root, path, 'test');
  } catch (error) {
    if (value !== null || !(error instanceof JsonPatchError)) throw error;
    found = null;
  }
  if (!equalJson(found, value)) throw new JsonPatchError(`testing value ${path} failed: test failed`);
  return root;
}

/** The steps of a JSON pointer (RFC 6901); "" is the whole document. */
function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new JsonPatchError(`JSON pointer "${pointer}" does not begin with "/"`);
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(root: unknown, pointer: string, op: string): unknown {
  let value = root;
  for (const step of parsePointer(pointer)) {
    value = Array.isArray(value) ? value[arrayAt(value, step, op)] : memberOf(value, step, () => missing(pointer, op));
  }
  return value;
}

function missing(pointer: string, op: string): JsonPatchError {
  return new JsonPatchError(`${op} operation does not apply: doc is missing path: ${pointer}: missing value`);
}

function memberOf(value: unknown, step: string, explain: () => JsonPatchError): unknown {
  if (!isJsonObject(value) || !Object.hasOwn(value, step) || value[step] === undefined) throw explain();
  return value[step];
}

function arrayAt(list: readonly unknown[], step: string, op: string): number {
  const at = /^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : Number.NaN;
  if (Number.isInteger(at) && at < list.length) return at;
  throw new JsonPatchError(
    `${op} operation does not apply: Unable to access invalid index: ${step}: invalid index referenced`,
  );
}

/** The container that holds the last step of `pointer`, and that step. */
function locate(root: unknown, pointer: string, op: string): { parent: unknown; step: string } {
  const cut = pointer.lastIndexOf('/');
  const steps = parsePointer(pointer);
  return { parent: read(root, pointer.slice(0, cut), op), step: steps[steps.length - 1] ?? '' };
}

function add(root: unknown, pointer: string, value: unknown): unknown {
  if (pointer === '') return value;
  const { parent, step } = locate(root, pointer, 'add');
  if (Array.isArray(parent)) {
    const at = step === '-' || Number(step) === parent.length ? parent.length : arrayAt(parent, step, 'add');
    parent.splice(at, 0, value);
  } else if (isJsonObject(parent)) {
    setMember(parent, step, value);
  } else {
    throw new JsonPatchError(`add operation does not apply: doc is missing path: "${pointer}": missing value`);
  }
  return root;
}

function replace(root: unknown, pointer: string, value: unknown): unknown {
  if (pointer === '') return value;
  const { parent, step } = locate(root, pointer, 'replace');
  if (Array.isArray(parent)) parent[arrayAt(parent, step, 'replace')] = value;
  else if (isJsonObject(parent)) setMember(parent, step, value);
  return root;
}

function remove(root: unknown, pointer: string): unknown {
  if (pointer === '') return null;
  const { parent, step } = locate(root, pointer, 'remove');
  if (Array.isArray(parent)) {
    parent.splice(arrayAt(parent, step, 'remove'), 1);
    return root;
  }
  if (!isJsonObject(parent) || !Object.hasOwn(parent, step)) {
    throw new JsonPatchError(`remove operation does not apply: doc is missing path: "${pointer}": missing value`);
  }
  Reflect.deleteProperty(parent, step);
  return root;
}
