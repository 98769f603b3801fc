/**
 * OpenAPI documents in the protocol buffers form that kubectl asks for: paths only. Field numbers are those of gnostic's
 * OpenAPIv3.proto and OpenAPIv2.proto.
 */
import type { Path } from './paths.ts';

/** Where the two versions keep what we write. */
interface Layout {
  readonly format: string;
  readonly infoVersion: number;
  readonly paths: number;
  readonly path: number;
  readonly methods: Readonly<Record<string, number>>;
  readonly parameters: number;
  readonly parameter: (name: string) => Buffer;
  readonly responses: number;
  readonly response: number;
}

const layouts: Readonly<Record<'v2' | 'v3', Layout>> = {
  v3: {
    format: '3.0.0',
    infoVersion: 6,
    paths: 4,
    path: 1,
    methods: { get: 4, put: 5, post: 6, delete: 7, patch: 10 },
    parameters: 6,
    parameter: (name) => field(1, message([text(1, name), text(2, 'query')])),
    responses: 8,
    response: 2,
  },
  v2: {
    format: '2.0',
    infoVersion: 2,
    paths: 8,
    path: 2,
    methods: { get: 2, put: 3, post: 4, delete: 5, patch: 8 },
    parameters: 8,
    parameter: (name) => field(1, field(2, field(3, message([text(2, 'query'), text(4, name), text(6, 'string')])))),
    responses: 9,
    response: 1,
  },
};

/** The extensions of an operation have the same number in both. */
const extensions = 13;

export function encodeDocument(
  version: 'v2' | 'v3',
  info: { title: string; version: string },
  paths: readonly Path[],
): Buffer {
  const layout = layouts[version];
  const items = paths.map((path) => field(layout.path, named(path.path, encodePathItem(path, layout))));
  return message([
    text(1, layout.format),
    field(2, message([text(1, info.title), text(layout.infoVersion, info.version)])),
    field(layout.paths, message(items)),
  ]);
}

function encodePathItem({ operations, kind }: Path, layout: Layout): Buffer {
  const kindText = `group: ${JSON.stringify(kind.group)}\nkind: ${kind.kind}\nversion: ${kind.version}\n`;
  return message(
    operations.map(({ method, action, parameters }) =>
      field(
        layout.methods[method] ?? 0,
        message([
          ...parameters.map((name) => field(layout.parameters, layout.parameter(name))),
          field(layout.responses, field(layout.response, named('200', field(1, text(1, 'OK'))))),
          field(extensions, named('x-kubernetes-action', text(2, action))),
          field(extensions, named('x-kubernetes-group-version-kind', text(2, kindText))),
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
