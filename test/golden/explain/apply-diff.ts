/** `@@ -124,3 +124,3 @@ kind: ServiceMonitor`: where it begins in the text as it was, counted from 1. */
const hunkHead = /^@@ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@/;

/**
 * The text that a unified diff makes of another one. @throws {Error} when the text is not the one that the diff was made of:
 * what a diff keeps or removes must stand where it says.
 */
export function applyDiff(text: string, diff: string): string {
  const before = text.split('\n');
  const after: string[] = [];
  let at = 0;
  let isInHunk = false;
  for (const line of diff.replace(/\n$/, '').split('\n')) {
    const start = hunkHead.exec(line)?.[1];
    if (start !== undefined) {
      after.push(...before.slice(at, Number(start) - 1));
      at = Number(start) - 1;
      isInHunk = true;
    } else if (isInHunk) {
      const [sign, rest] = [line.slice(0, 1), line.slice(1)];
      if (sign !== '+' && before[at++] !== rest)
        throw new Error(`Cannot apply the diff: line ${at} of the base is not "${rest}"`);
      if (sign !== '-') after.push(rest);
    }
  }
  return [...after, ...before.slice(at)].join('\n');
}
