import { dumpYaml, parseYamlDocuments } from '../../../src/base/yaml.ts';

/** An edit as `stoker explain -o json` gives it. */
export interface MachineFix {
  readonly object: { readonly kind: string; readonly namespace: string; readonly name: string };
  readonly change: string;
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
  readonly text: string;
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

type Container = Record<string | number, unknown>;

function change(root: unknown, { path, change: kind, value }: MachineFix): void {
  let place = root as Container;
  for (const [index, part] of path.slice(0, -1).entries()) {
    place[part] ??= typeof path[index + 1] === 'number' ? [] : {};
    place = place[part] as Container;
  }
  const last = path.at(-1) ?? '';
  if (kind === 'set') place[last] = value;
  else if (Array.isArray(place)) place.splice(Number(last), 1);
  else Reflect.deleteProperty(place, last);
}

/** The manifests with an edit made; as they were without one. @throws {Error} for what a program cannot do. */
export function applyFix(input: string, fix: MachineFix | undefined): string {
  const manifests = parseYamlDocuments(input) as Manifest[];
  const print = (all: readonly unknown[]): string => all.map((one) => `---\n${dumpYaml(one)}`).join('');
  if (fix === undefined) return print(manifests);
  if (fix.change === 'create') return print([...manifests, fix.value]);
  const { kind, namespace, name } = fix.object;
  const isMeant = (one: Manifest): boolean =>
    one.kind === kind && one.metadata.name === name && (one.metadata.namespace ?? '') === namespace;
  if (fix.change === 'delete') return print(manifests.filter((one) => !isMeant(one)));
  const target = manifests.find(isMeant);
  if (target === undefined || fix.change === 'manual') throw new Error(`Cannot make this edit: ${fix.text}`);
  change(target, fix);
  return print(manifests);
}
