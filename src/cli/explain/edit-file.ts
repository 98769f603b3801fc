import { readFileSync } from 'node:fs';
import { alertmanagerConfigType } from '../../api/alertmanager-config.ts';
import { apiVersionOf } from '../../api/meta.ts';
import { applyJsonPatch } from '../../base/json-patch.ts';
import { writeDiff } from '../../base/unified-diff.ts';
import { YamlEditError, editYaml, removeDocument } from '../../base/yaml-edit.ts';
import type { YamlPlace } from '../../base/yaml-edit.ts';
import { parseLocatedDocuments } from '../../base/yaml-positions.ts';
import { appendDocument } from '../../base/yaml-splice.ts';
import { patchObject } from '../../core/explain/fix-patch.ts';
import type { Fix, ObjectName } from '../../core/explain/model.ts';
import { showObject } from '../../core/explain/model.ts';
import type { LocatedManifest } from '../check/read.ts';
import { ExitError, exitCodes } from '../io.ts';
import { findManifest } from '../locate.ts';

/** A file with an edit made. */
export interface FileEdit {
  readonly file: string;
  readonly after: string;
  /** Unified, for `patch` and `git apply -p0`. */
  readonly diff: string;
}

const refuse = (why: string): ExitError => new ExitError(exitCodes.failed, `Cannot make this edit in a file: ${why}`);

/**
 * Makes an edit in the text of the manifest that it is of; an object that is created goes to the end of the file of the
 * subject. Comments and layout of all else stay.
 * @throws {ExitError} when the object is not among the files, or stdin was read, or the text cannot be edited in place.
 */
export function editFile(manifests: readonly LocatedManifest[], fix: Fix, subject: ObjectName): FileEdit {
  const wanted = fix.change === 'create' ? subject : fix.object;
  const manifest = findManifest(manifests, wanted) ?? (fix.change === 'create' ? manifests[0] : undefined);
  if (manifest === undefined) throw refuse(`${showObject(wanted)} is not among the files`);
  const { file } = manifest;
  if (file === 'stdin') throw refuse('the manifests come from stdin');
  const before = readFileSync(file, 'utf8');
  try {
    const after = edit(before, manifest, fix);
    return { file, after, diff: writeDiff(file, before, after) };
  } catch (error) {
    if (error instanceof YamlEditError) throw refuse(`${error.message} (${file}): ${fix.text}`);
    throw error;
  }
}

function edit(text: string, { object, place }: LocatedManifest, fix: Fix): string {
  if (fix.change === 'create') return append(text, fix.value);
  if (fix.change === 'delete') return remove(text, place);
  const stored = apiVersionOf(alertmanagerConfigType);
  if (object.kind === alertmanagerConfigType.kind && object.apiVersion !== stored && fix.path[0] === 'spec')
    throw new YamlEditError(`Cannot edit a spec of ${object.apiVersion ?? ''}: edits are for ${stored}`);
  return write(text, place, applyJsonPatch(object, patchObject(object, fix)));
}

/** JSON has no comments and is written anew; undefined for YAML. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function write(text: string, { document, path }: YamlPlace, wanted: unknown): string {
  const json = parseJson(text);
  if (json === undefined) return editYaml(text, { document, path }, wanted);
  const [indent = '  '] = /(?<=\n)[ \t]+/.exec(text) ?? [];
  const pointer = path.map((part) => `/${part}`).join('');
  const whole = pointer === '' ? wanted : applyJsonPatch(json, [{ op: 'replace', path: pointer, value: wanted }]);
  return `${JSON.stringify(whole, null, indent)}\n`;
}

function append(text: string, value: unknown): string {
  if (parseJson(text) !== undefined) throw new YamlEditError('Cannot add an object to JSON');
  return appendDocument(text, value);
}

/** The document, or the item of a List. */
function remove(text: string, { document, path }: YamlPlace): string {
  const at = path.at(-1);
  if (at !== undefined) {
    const list = path.slice(0, -1);
    const items = list.reduce(
      (value: unknown, part) => (value as Readonly<Record<string | number, unknown>>)[part],
      parseLocatedDocuments(text, '').find(({ index }) => index === document)?.value,
    ) as readonly unknown[];
    return write(
      text,
      { document, path: list },
      items.filter((_, index) => index !== at),
    );
  }
  if (parseJson(text) !== undefined) throw new YamlEditError('Cannot delete the only object of a file');
  return removeDocument(text, document);
}
