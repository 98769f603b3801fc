/** Which label names are allowed: any text, or letters, digits and underscores alone. */
export type NameScheme = 'utf8' | 'legacy';

const legacyName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const legacyTemplate = /^(?:[a-zA-Z_]|\$\{\w+\}|\$\w)(?:\w|\$\{\w+\}|\$\w)*$/;

/** True for text that UTF-8 can hold. */
export function isWellFormed(text: string): boolean {
  // Node 20 has it, the library of TypeScript for ES2023 does not know it yet.
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}

export function isValidLabelName(name: string, scheme: NameScheme): boolean {
  return scheme === 'legacy' ? legacyName.test(name) : name !== '' && isWellFormed(name);
}

/** Whether a template may become a label name (docs/reference/discovery.md 4.2). */
export function isValidNameTemplate(template: string, scheme: NameScheme): boolean {
  if (scheme === 'utf8') return isValidLabelName(template, scheme);
  return legacyTemplate.test(template);
}
