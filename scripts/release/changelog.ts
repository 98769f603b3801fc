/** The section of a version, without its heading. @throws {Error} when there is none, or nothing in it. */
export function readChangelog(text: string, version: string): string {
  const sections = text.split(/^## /m);
  const found = sections.find((section) => section.split(/\s/, 1)[0] === version);
  const notes = found?.slice(found.indexOf('\n') + 1).trim() ?? '';
  if (notes !== '') return `${notes}\n`;
  throw new Error(`Cannot release ${version}: CHANGELOG.md has no section "## ${version}", or nothing in it`);
}
