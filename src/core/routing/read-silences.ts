import { isJsonObject } from '../../base/json.ts';
import { findRegexpFault } from '../alertmanager-config/matchers/matcher.ts';
import { parseMatchers } from '../alertmanager-config/matchers/matchers.ts';
import type { LoadContext } from '../prometheus-config/shape.ts';
import { ConfigError } from '../prometheus-config/values.ts';
import { toMatcher } from './silences.ts';
import type { Silence, SilenceMatcher } from './silences.ts';

const always = { startsAt: '0000-01-01T00:00:00Z', endsAt: '9999-12-31T23:59:59Z' };

/**
 * Reads silences as GET /api/v2/silences and `amtool silence query -o json` print them. People may write less: a matcher may be a
 * text such as `severity=~"info|none"`, and without its times a silence holds always.
 * @param value a list of them. @param place in words, such as "silences".
 * @throws {SyntaxError} for what is no silence, with its place.
 */
export function readSilences(value: unknown, place: string, context: LoadContext): Silence[] {
  if (!Array.isArray(value)) throw new SyntaxError(`Cannot use ${place}: want a list of silences`);
  return (value as unknown[]).map((one, at) => readSilence(one, `${place}[${at}]`, context));
}

function readSilence(value: unknown, place: string, context: LoadContext): Silence {
  if (!isJsonObject(value)) throw new SyntaxError(`Cannot use ${place}: want a silence, a mapping with matchers`);
  const { id, matchers, startsAt, endsAt, createdBy, comment } = value;
  if (!Array.isArray(matchers) || matchers.length === 0)
    throw new SyntaxError(`Cannot use ${place}.matchers: want a list with a matcher at least`);
  return {
    id: readText(id, `${place}.id`) ?? place,
    createdBy: readText(createdBy, `${place}.createdBy`) ?? '',
    comment: readText(comment, `${place}.comment`) ?? '',
    startsAt: readTime(startsAt, `${place}.startsAt`) ?? always.startsAt,
    endsAt: readTime(endsAt, `${place}.endsAt`) ?? always.endsAt,
    matchers: (matchers as unknown[]).flatMap((one, at) => readMatcher(one, `${place}.matchers[${at}]`, context)),
  };
}

function readText(value: unknown, place: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new SyntaxError(`Cannot use ${place}: want a text`);
}

function readTime(value: unknown, place: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d[Tt ]/.test(value) && !Number.isNaN(Date.parse(value)))
    return value;
  throw new SyntaxError(`Cannot use ${place}: want a time such as "2026-12-24T18:00:00Z"`);
}

function readMatcher(value: unknown, place: string, context: LoadContext): SilenceMatcher[] {
  const read = typeof value === 'string' ? parseText(value, place, context) : [readFields(value, place)];
  for (const one of read) {
    const fault = findRegexpFault(toMatcher(one), context.regexps);
    if (fault !== undefined) throw new SyntaxError(`Cannot use ${place}: ${fault}`);
  }
  return read;
}

function readFields(value: unknown, place: string): SilenceMatcher {
  const { name, value: wanted, isRegex = false, isEqual = true } = isJsonObject(value) ? value : {};
  if (typeof name === 'string' && name !== '' && typeof wanted === 'string')
    if (typeof isRegex === 'boolean' && typeof isEqual === 'boolean') return { name, value: wanted, isRegex, isEqual };
  throw new SyntaxError(
    `Cannot use ${place}: want a text such as severity="info", or name and value, with isRegex and isEqual true or false`,
  );
}

function parseText(text: string, place: string, context: LoadContext): SilenceMatcher[] {
  try {
    return parseMatchers(text, context).map(({ name, value, type }) => ({
      ...{ name, value, isRegex: type.includes('~'), isEqual: type.startsWith('=') },
    }));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new SyntaxError(`Cannot use ${place}: ${error.message}`, { cause: error });
  }
}
