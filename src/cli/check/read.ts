import { readFileSync } from 'node:fs';
import type { KubernetesObject } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';
import { YamlError } from '../../base/yaml.ts';
import { parseLocatedDocuments } from '../../base/yaml-positions.ts';
import type { YamlPlace } from '../../base/yaml-edit.ts';
import type { LocatedDocument, Position } from '../../base/yaml-positions.ts';
import { showPath } from '../../core/explain/model.ts';
import { listFiles, readStdin } from '../manifests.ts';
import type { Input } from '../manifests.ts';

/** One object and the place that it stands at. */
export interface LocatedManifest {
  readonly object: KubernetesObject;
  readonly file: string;
  readonly locate: (field: string, part: 'name' | 'value') => Position;
  /** Where in the file. */
  readonly place: YamlPlace;
}

/** What was found in files and folders. */
export interface LocatedManifests {
  readonly manifests: readonly LocatedManifest[];
  /** How many files have manifests. */
  readonly files: number;
  /** One line for each file that cannot be used. */
  readonly unusable: readonly string[];
}

/**
 * All objects in files and folders ("-" is stdin), Lists unfolded. In folders, documents that are no objects of the API
 * (neither apiVersion nor kind) are left out.
 * @throws {ExitError} when a file or folder does not exist.
 */
export function readLocatedManifests(paths: readonly string[], { stdin = readStdin }: Input = {}): LocatedManifests {
  const manifests: LocatedManifest[] = [];
  const unusable: string[] = [];
  const named = new Set(paths);
  let files = 0;
  for (const path of new Set(listFiles(paths))) {
    const file = path === '-' ? 'stdin' : path;
    const before = manifests.length;
    try {
      const text = path === '-' ? stdin() : readFileSync(path, 'utf8');
      for (const document of parseLocatedDocuments(text, file))
        manifests.push(...readObjects(document.value, { document, file, isNamed: named.has(path), path: [] }));
      if (manifests.length > before) files += 1;
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      unusable.push(error.message);
    }
  }
  return { manifests, files, unusable };
}

interface Place {
  readonly document: LocatedDocument;
  readonly file: string;
  /** Whether the file was named, so that all in it must be objects. */
  readonly isNamed: boolean;
  /** Where in the document. */
  readonly path: YamlPlace['path'];
}

/** @throws {YamlError} for what is no object of the API. */
function readObjects(value: unknown, place: Place): LocatedManifest[] {
  const { document, file, isNamed, path } = place;
  const field = showPath(path);
  if (isList(value))
    return value.items.flatMap((item, at) => readObjects(item, { ...place, path: [...path, 'items', at] }));
  const problem = explainUnusable(value);
  if (problem === undefined) {
    const locate: LocatedManifest['locate'] = (inside, part) => document.locate(join(field, inside), part);
    return [{ object: value as KubernetesObject, file, locate, place: { document: document.index, path } }];
  }
  const isForeign = !isJsonObject(value) || (value.apiVersion === undefined && value.kind === undefined);
  if (isForeign && !isNamed && path.length === 0) return [];
  const { line, column } = document.locate(field, 'value');
  throw new YamlError(`${file}:${line}:${column}: ${problem}`);
}

function isList(value: unknown): value is { readonly items: readonly unknown[] } {
  return (
    isJsonObject(value) && typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items)
  );
}

function explainUnusable(value: unknown): string | undefined {
  if (!isJsonObject(value)) return 'Cannot use a document that is no object';
  const missing = ['apiVersion', 'kind'].find((name) => typeof value[name] !== 'string');
  return missing === undefined ? undefined : `Cannot use an object without ${missing}`;
}

const join = (path: string, field: string): string => (path === '' || field === '' ? path + field : `${path}.${field}`);
