import type { ManagedFieldsEntry } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';

/**
 * Who wrote what was not as it should be, by the managedFields of the object: the manager, other than `own`, that owns one of the
 * fields; of fields that were removed nobody is the owner, then whoever wrote the object last.
 * @param paths as differences name them: `spec.template.spec.containers[prometheus].image`, `data["a.yaml"]`.
 * @param own our manager; it is the answer where it alone owns the fields: a second operator writes under the same name.
 */
export function findManager(
  entries: readonly ManagedFieldsEntry[],
  paths: readonly string[],
  own: string,
): string | undefined {
  const steps = paths.map(splitPath);
  const written = entries.filter(({ subresource = '' }) => subresource === '').sort(newestFirst);
  const owners = written.filter(({ fieldsV1 = {} }) => steps.some((path) => owns(fieldsV1, path)));
  const others = (list: readonly ManagedFieldsEntry[]): string | undefined =>
    list.find(({ manager }) => manager !== own)?.manager;
  const [owner] = owners;
  return others(owners) ?? (owner === undefined ? (others(written) ?? written[0]?.manager) : owner.manager);
}

const newestFirst = (a: ManagedFieldsEntry, b: ManagedFieldsEntry): number =>
  (a.time ?? '') < (b.time ?? '') ? 1 : -1;

/** "data["a.b"].c[d]": data, a.b, c, [d]. */
function splitPath(path: string): string[] {
  const steps: string[] = [];
  for (let at = 0; at < path.length;) {
    const [step, length] = readStep(path, at);
    if (step !== '') steps.push(step);
    at += length;
  }
  return steps;
}

/** The step that begins there, and how many characters it takes. */
function readStep(path: string, at: number): [step: string, length: number] {
  const until = (end: string): number => (path.includes(end, at) ? path.indexOf(end, at) : path.length);
  if (path.startsWith('["', at)) return [path.slice(at + 2, until('"]')), until('"]') + 2 - at];
  if (path.startsWith('[', at)) return [path.slice(at, until(']') + 1), until(']') + 1 - at];
  const start = path.startsWith('.', at) ? at + 1 : at;
  const ends = ['.', '['].map((sign) => path.indexOf(sign, start)).filter((end) => end >= 0);
  const end = Math.min(path.length, ...ends);
  return [path.slice(start, end), Math.max(1, end - at)];
}

/** Whether the set of fields has the field, something in it, or the list or map as a whole that it is in. */
function owns(fields: Readonly<Record<string, unknown>>, path: readonly string[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  const next = Object.entries(fields).filter(([key]) => isStep(key, step));
  return next.some(([, below]) => isJsonObject(below) && (isLeaf(below) || owns(below, rest)));
}

const isLeaf = (fields: Readonly<Record<string, unknown>>): boolean => Object.keys(fields).every((key) => key === '.');

/** Elements of lists are known by their keys: "k:{"name":"prometheus"}". Where they have others, any element may be it. */
function isStep(key: string, step: string): boolean {
  if (!step.startsWith('[')) return key === `f:${step}`;
  if (!key.startsWith('k:')) return false;
  const name = step.slice(1, -1);
  return key.includes(`"name":${JSON.stringify(name)}`) || !key.includes('"name":');
}
