import { customKinds } from '../../../src/api/kinds.ts';
import { apiVersionOf } from '../../../src/api/meta.ts';
import { parseYaml } from '../../../src/base/yaml.ts';
import type { GeneratedObject } from './kind-objects.ts';
import type { Written } from './written-yaml.ts';
import { metadata, written } from './written-yaml.ts';

function makeObject({ kind, version, yaml }: Written): Record<string, unknown> {
  const found = customKinds.find(({ type }) => type.kind === kind)!.type;
  const apiVersion = apiVersionOf({ ...found, version: version ?? found.version });
  return { apiVersion, kind, ...(parseYaml(metadata + yaml) as object) };
}

/** Puts a value at a path of an object, or takes away what is there. */
function change(object: Record<string, unknown>, path: string, value: unknown): void {
  // The name of the annotation has no dots, those of the labels are not touched.
  const steps = path.split('.');
  const last = steps.pop()!;
  const parent = steps.reduce((at, step) => at[step] as Record<string, unknown>, object);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
}

/** Realistic objects, and the same with one mistake each as people make them. */
export const writtenObjects: readonly GeneratedObject[] = written.flatMap((one) => {
  const { type } = customKinds.find((kind) => kind.type.kind === one.kind)!;
  const base = { plural: type.plural, kind: one.kind, version: one.version ?? type.version };
  return [
    { ...base, seed: 0, object: makeObject(one), damage: undefined },
    ...one.mistakes.map(([path, value], at) => {
      const object = makeObject(one);
      change(object, path, value);
      const check = value === undefined ? 'left out' : JSON.stringify(value);
      return { ...base, seed: at + 1, object, damage: { path, check } };
    }),
  ];
});
