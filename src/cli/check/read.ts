import { readFileSync } from 'node:fs';
import type { KubernetesObject } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';
import { YamlError } from '../../base/yaml.ts';
import { parseLocatedDocuments } from '../../base/yaml-positions.ts';
import type { LocatedDocument } from '../../base/yaml-positions.ts';
import { listFiles } from '../manifests.ts';

/** One object and the place that it stands at. */
export interface LocatedManifest {
  readonly object: KubernetesObject;
  readonly file: string;
  readonly locate: LocatedDocument['locate'];
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
export function readLocatedManifests(paths: readonly string[]): LocatedManifests {
  const manifests: LocatedManifest[] = [];
  const unusable: string[] = [];
  const named = new Set(paths);
  let files = 0;
  for (const path of new Set(listFiles(paths))) {
    const file = path === '-' ? 'stdin' : path;
    const before = manifests.length;
    try {
      for (const document of parseLocatedDocuments(readFileSync(path === '-' ? 0 : path, 'utf8'), file))
        manifests.push(...readDocument(document, file, named.has(path)));
      if (manifests.length > before) files += 1;
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      unusable.push(error.message);
    }
  }
  return { manifests, files, unusable };
}

function readDocument({ value, locate }: LocatedDocument, file: string, isNamed: boolean): LocatedManifest[] {
  const found: LocatedManifest[] = [];
  const visit = (object: unknown, path: string): void => {
    const refuse = (text: string): YamlError => {
      const { line, column } = locate(path, 'value');
      return new YamlError(`${file}:${line}:${column}: ${text}`);
    };
    if (!isJsonObject(object)) {
      if (isNamed || path !== '') throw refuse('Cannot use a document that is no object');
      return;
    }
    const { apiVersion, kind, items } = object;
    if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
      for (const [at, item] of items.entries()) visit(item, join(path, `items[${at}]`));
      return;
    }
    if (apiVersion === undefined && kind === undefined && !isNamed && path === '') return;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
      throw refuse(`Cannot use an object without ${typeof apiVersion === 'string' ? 'kind' : 'apiVersion'}`);
    }
    found.push({
      object: object as unknown as KubernetesObject,
      file,
      locate: (field, part) => locate(join(path, field), part),
    });
  };
  visit(value, '');
  return found;
}

const join = (path: string, field: string): string => (path === '' || field === '' ? path + field : `${path}.${field}`);
