/** What a page says of one subject, read from its HTML. */
export interface ReadPage {
  readonly summary: string;
  /** Of the first chain: the link that is marked as the one that decides; "none" when none is. */
  readonly link: string;
  readonly compared: string;
  readonly found: string;
  readonly fixes: readonly string[];
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

const readText = (html: string): string =>
  html.replaceAll(/<[^>]*>/g, '').replaceAll(/&(?:\w+|#39);/g, (entity) => entities[entity] ?? entity);

const readAll = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`class="${name}">(.*?)</(?:span|p)>`, 'gs'))].map(([, text = '']) =>
    readText(text).trim(),
  );

/** Reads the page of one subject. */
export function readPage(html: string): ReadPage {
  const [chain = ''] = html.split('<section class="others">');
  const [, link = 'none', step = ''] = /<li class="step \w+" data-decisive="(\w+)"[^>]*>(.*?)<\/li>/s.exec(chain) ?? [];
  return {
    summary: readAll(chain, 'summary')[0] ?? '',
    link,
    compared: readAll(step, 'compared')[0] ?? '',
    found: readAll(step, 'found')[0] ?? '',
    fixes: readAll(html, 'fix-text').map((text) => text.replace(/^or /, '')),
  };
}
