import type { LoadContext } from '../prometheus-config/shape.ts';
import { ConfigError } from '../prometheus-config/values.ts';
import { parseMatchers } from '../alertmanager-config/matchers/matchers.ts';
import type { Labels } from './matching.ts';

/**
 * Reads one label as people write it on a command line: all behind the first "=" is the value, in quotes or not;
 * quotes around a name may hold one.
 * @throws {SyntaxError} for what is no label, a matcher such as `severity=~"x"` too.
 */
export function readLabel(text: string): readonly [name: string, value: string] {
  const wanted = 'want LABEL=VALUE, such as severity=critical';
  const written = text.trim();
  const [quoted = ''] = /^"(?:[^"\\]|\\[^])*"/.exec(written) ?? [];
  const equals = written.indexOf('=', quoted.length);
  const [name, value] = [written.slice(0, Math.max(0, equals)).trimEnd(), written.slice(equals + 1)];
  if (name === '') throw new SyntaxError(`Cannot read label "${text}": ${wanted}`);
  if (name.endsWith('!') || value.startsWith('~'))
    throw new SyntaxError(`Cannot read label "${text}": an alert has values, no matchers; ${wanted}`);
  return [unquote(name, text), unquote(value, text)];
}

function unquote(written: string, whole: string): string {
  if (!/^"[^]*"$/.test(written)) return written;
  try {
    const text: unknown = JSON.parse(written);
    if (typeof text === 'string') return text;
  } catch {
    // Told below, with the whole label.
  }
  throw new SyntaxError(`Cannot read label "${whole}": ${written} is no text in quotes`);
}

/** Reads labels each of which is an argument. @throws {SyntaxError} also for one that is given twice. */
export function readLabels(texts: readonly string[]): Labels {
  const labels = new Map<string, string>();
  for (const text of texts) {
    const [name, value] = readLabel(text);
    if (labels.has(name)) throw new SyntaxError(`Cannot read label "${text}": "${name}" is given twice`);
    labels.set(name, value);
  }
  return labels;
}

/** The labels in one text, with blanks between them, for `readLabels`; quotes hold blanks. @throws {SyntaxError} for quotes that do not end. */
export function splitLabels(text: string): readonly string[] {
  const parts = [''];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const length = isQuoted && text.charAt(at) === '\\' ? 2 : 1;
    const piece = text.slice(at, at + length);
    if (piece === '"') isQuoted = !isQuoted;
    if (isQuoted || piece.trim() !== '') parts.push(`${parts.pop() ?? ''}${piece}`);
    else parts.push('');
    at += length - 1;
  }
  if (isQuoted) throw new SyntaxError(`Cannot read labels "${text}": a quote does not end`);
  return parts.filter((part) => part !== '');
}

/** Reads the labels of an alert in one text, as matchers are written: `alertname=Foo,severity="critical"`. @throws {SyntaxError} */
export function readAlert(text: string, context: LoadContext): Labels {
  const matchers = parseAlert(text, context);
  const other = matchers.find(({ type }) => type !== '=');
  if (other !== undefined || matchers.length === 0)
    throw new SyntaxError(
      `Cannot read alert "${text}": want labels with commas between them, such as alertname=Down,severity=critical`,
    );
  return new Map(matchers.map(({ name, value }) => [name, value]));
}

function parseAlert(text: string, context: LoadContext): ReturnType<typeof parseMatchers> {
  try {
    return parseMatchers(text, context);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new SyntaxError(`Cannot read alert "${text}": ${error.message}`, { cause: error });
  }
}
