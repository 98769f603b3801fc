/**
 * An OpenAPI v3 document in the protocol buffers form that kubectl asks for: paths only. Field numbers are those of gnostic's
 * OpenAPIv3.proto.
 */
import type { Path } from './paths.ts';

const methods: Readonly<Record<string, number>> = { get: 4, put: 5, post: 6, delete: 7, patch: 10 };

export function encodeDocument(title: string, version: string, paths: readonly Path[]): Buffer {
  const info = message([text(1, title), text(6, version)]);
  const items = paths.map((path) => field(1, named(path.path, encodePathItem(path))));
  return message([text(1, '3.0.0'), field(2, info), field(4, message(items))]);
}

function encodePathItem({ operations, kind }: Path): Buffer {
  const extension = `group: ${JSON.stringify(kind.group)}\nkind: ${kind.kind}\nversion: ${kind.version}\n`;
  return message(
    operations.map(({ method, action, parameters }) =>
      field(
        methods[method] ?? 4,
        message([
          ...parameters.map((name) => field(6, field(1, message([text(1, name), text(2, 'query')])))),
          field(8, message([field(2, named('200', field(1, text(1, 'OK'))))])),
          field(13, named('x-kubernetes-action', text(2, action))),
          field(13, named('x-kubernetes-group-version-kind', text(2, extension))),
        ]),
      ),
    ),
  );
}

/** The entry of a map: name, value. */
const named = (name: string, value: Buffer): Buffer => message([text(1, name), field(2, value)]);
const message = (fields: readonly Buffer[]): Buffer => Buffer.concat(fields);
const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));

/** A length-delimited field. */
function field(number: number, value: Buffer): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(value.length), value]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}
