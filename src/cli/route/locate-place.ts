import { readFileSync } from 'node:fs';
import { parseLocatedDocuments } from '../../base/yaml-positions.ts';
import { YamlError } from '../../base/yaml.ts';
import type { Place } from '../../core/routing/places.ts';
import type { LocatedManifest } from '../check/read.ts';
import { findManifest } from '../locate.ts';

/** FILE:LINE:COLUMN of a place, or of the nearest around it that is there; undefined when its object is in no file. */
export function locatePlace(manifests: readonly LocatedManifest[], place: Place): string | undefined {
  const found = findManifest(manifests, place);
  if (found === undefined) return undefined;
  const { line, column } =
    place.key === undefined ? found.locate(nameField(found, place.field), 'value') : locateInside(found, place);
  return `${found.file}:${line}:${column}`;
}

/** Intervals have another name in v1beta1. */
function nameField({ object }: LocatedManifest, field: string): string {
  const isNewer = object.apiVersion?.endsWith('/v1beta1') === true;
  return isNewer ? field.replace(/^spec\.muteTimeIntervals\b/, 'spec.timeIntervals') : field;
}

type Position = ReturnType<LocatedManifest['locate']>;

/** In a text that stands in the file line by line, the line of the field; else that of the text. */
function locateInside(found: LocatedManifest, { key = '', field }: Place): Position {
  const { stringData } = found.object as { stringData?: Readonly<Record<string, unknown>> };
  const text = stringData?.[key];
  const head = found.locate(`${text === undefined ? 'data' : 'stringData'}["${key}"]`, 'name');
  if (typeof text !== 'string' || found.file === 'stdin') return head;
  const lines = readFileSync(found.file, 'utf8').split(/\r\n|\r|\n/);
  const inner = opensBlock(lines[head.line - 1]) ? locateText(text, field) : undefined;
  if (inner === undefined) return head;
  const line = head.line + inner.line;
  const indent = findIndent(lines[line - 1], text.split('\n')[inner.line - 1]);
  return indent < 0 ? head : { line, column: indent + inner.column };
}

function opensBlock(line = ''): boolean {
  const [opening = ''] = line.split(' #');
  return /\|[-+0-9]*$/.test(opening.trimEnd());
}

/** How far a line of the text is moved to the right in the file; -1 when it is another line. */
const findIndent = (written = '', plain = ''): number => written.indexOf(plain.trimEnd());

function locateText(text: string, field: string): Position | undefined {
  try {
    return parseLocatedDocuments(text, '')[0]?.locate(field, 'value');
  } catch (error) {
    if (error instanceof YamlError) return undefined;
    throw error;
  }
}
