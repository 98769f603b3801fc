import { html as makeHtml, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** HTML in which every value is escaped. */
export type Markup = HtmlEscapedString;

/** A template of HTML: values are escaped, other markup and lists of it are taken as they are, `false` and `undefined` are nothing. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Markup {
  const made = makeHtml(strings, ...values);
  if (made instanceof Promise) throw new TypeError('Cannot wait for a part of a page: views are synchronous');
  return made;
}

/** Text that is HTML already: own style and script, never what was read. */
export const trusted = (text: string): Markup => raw(text);

export const nothing: Markup = raw('');
