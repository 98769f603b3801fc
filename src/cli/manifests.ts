import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../api/meta.ts';
import { explainUnusable } from '../core/manifests/usable.ts';
import { YamlError, parseYamlDocuments } from '../base/yaml.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';

const extension = /\.(?:ya?ml|json)$/;

/** What "-" stands for, where it is not the process's own. */
export type Input = Pick<Io, 'stdin'>;

export const readStdin = (): string => readFileSync(0, 'utf8');

/** Files of `stoker test` lie beside manifests: cart.test.yaml, cart_test.yml. */
export const isTestFile = (file: string): boolean => /[._-]tests?\.ya?ml$/.test(file);

/** The files named, and those below the folders named, in the order of their names. */
export function listFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (path !== '-' && !existsSync(path))
      throw new ExitError(exitCodes.usage, `Cannot read "${path}": there is no such file or folder`);
    if (path === '-' || !statSync(path).isDirectory()) return [path];
    const found = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => extension.test(name));
    if (found.length === 0)
      throw new ExitError(exitCodes.usage, `Cannot find manifests in "${path}": no .yaml, .yml or .json file`);
    return found.sort().map((name) => join(path, name));
  });
}

function isObject(document: unknown): document is KubernetesObject & { items?: unknown[] } {
  return typeof document === 'object' && document !== null && !Array.isArray(document);
}

function readObject(document: unknown, file: string): KubernetesObject[] {
  if (!isObject(document)) throw new ExitError(exitCodes.usage, `${file}: Cannot use a document that is no object`);
  const { apiVersion, kind, items } = document;
  if (kind === 'List' && Array.isArray(items)) return items.flatMap((item) => readObject(item, file));
  if (apiVersion === undefined && kind === undefined && isTestFile(file)) return [];
  if (apiVersion === undefined || kind === undefined) {
    throw new ExitError(
      exitCodes.usage,
      `${file}: Cannot use an object without ${apiVersion === undefined ? 'apiVersion' : 'kind'}`,
    );
  }
  if (((document.metadata as unknown) ?? undefined) === undefined) return [];
  requireUsable(document, file);
  return [document];
}

/** @throws {ExitError} when an API server could not decode the object. */
export function requireUsable(object: KubernetesObject, file: string): void {
  const problem = explainUnusable(object);
  if (problem === undefined) return;
  const { name } = isObject(object.metadata) ? object.metadata : {};
  const subject = [object.kind, name].filter((one) => typeof one === 'string').join(' ') || 'an object';
  throw new ExitError(exitCodes.usage, `${file}: Cannot use ${subject}: ${problem}`);
}

function readDocuments(file: string, { stdin = readStdin }: Input): unknown[] {
  try {
    const text = file === '-' ? stdin() : readFileSync(file, 'utf8');
    return parseYamlDocuments(text, file === '-' ? 'stdin' : file);
  } catch (error) {
    if (error instanceof YamlError) throw new ExitError(exitCodes.usage, error.message);
    throw error;
  }
}

/**
 * All objects in files and folders ("-" is stdin), Lists unfolded, in the order of their files.
 * @throws {ExitError} with FILE:LINE:COLUMN when something is not a manifest.
 */
export function readManifests(paths: readonly string[], input: Input = {}): KubernetesObject[] {
  return listFiles(paths).flatMap((file) =>
    readDocuments(file, input).flatMap((document) => readObject(document, file)),
  );
}
