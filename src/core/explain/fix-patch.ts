import { customKinds } from '../../api/kinds.ts';
import { isJsonObject } from '../../base/json.ts';
import type { JsonPatchOperation } from '../../base/json-patch.ts';
import { dumpYaml } from '../../base/yaml.ts';
import type { FieldSegments, Fix } from './model.ts';

/** A path of RFC 6901. */
const point = (path: FieldSegments): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const readIn = (value: unknown, step: string | number): unknown =>
  Array.isArray(value) ? (value as readonly unknown[])[Number(step)] : isJsonObject(value) ? value[step] : undefined;

/**
 * An edit of one field as a JSON Patch (RFC 6902), with tests for what it replaces, so that it fails where the object has
 * changed. What is missing around the field is made.
 * @param object as it is; undefined when it is not known: all around the field is taken to be there then.
 */
export function patchObject(object: unknown, { change, path, value }: Fix): JsonPatchOperation[] {
  const found = path.map((_, at) => path.slice(0, at + 1).reduce(readIn, object));
  const before = found.at(-1);
  const guard = before === undefined ? [] : [{ op: 'test', path: point(path), value: before }];
  if (change === 'remove') return [...guard, { op: 'remove', path: point(path) }];
  if (before !== undefined) return [...guard, { op: 'replace', path: point(path), value }];
  const missing = object === undefined ? -1 : found.findIndex((one) => one === undefined || one === null);
  const from = missing < 0 ? path.length - 1 : missing;
  return [{ op: 'add', path: point(path.slice(0, from + 1)), value: nest(path.slice(from + 1), value) }];
}

const nest = (path: FieldSegments, value: unknown): unknown =>
  path.reduceRight<unknown>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** As kubectl takes it: `servicemonitors.monitoring.coreos.com`, `clusterrole`. */
function nameType(kind: string): string {
  const type = customKinds.find((one) => one.type.kind === kind)?.type;
  return type === undefined ? kind.toLowerCase() : `${type.plural}.${type.group}`;
}

/** The command of kubectl that makes an edit; undefined for those that people must make. */
export function writeCommand({ change, object, value }: Fix, patch: readonly JsonPatchOperation[]): string | undefined {
  const { kind, namespace, name } = object;
  const subject = `${nameType(kind)} ${name}${namespace === '' ? '' : ` -n ${namespace}`}`;
  switch (change) {
    case 'manual':
      return undefined;
    case 'create':
      return `kubectl apply -f - <<'EOF'\n${dumpYaml(value)}EOF`;
    case 'delete':
      return `kubectl delete ${subject}`;
    default:
      return `kubectl patch ${subject} --type=json -p ${quote(JSON.stringify(patch))}`;
  }
}
