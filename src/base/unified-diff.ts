const context = 3;

/**
 * The difference between two texts that are alike but for one place, as `patch` and `git apply -p0` take it; "" when they
 * are the same.
 * @param file named as both sides.
 */
export function writeDiff(file: string, before: string, after: string): string {
  if (before === after) return '';
  const [old, now] = [splitLines(before), splitLines(after)];
  const start = countSame(old, now);
  const end = Math.min(countSame([...old].reverse(), [...now].reverse()), Math.min(old.length, now.length) - start);
  const from = Math.max(0, start - context);
  const behind = old.slice(old.length - end, old.length - end + context);
  const lines = [
    ...old.slice(from, start).map((line) => ` ${line}`),
    ...old.slice(start, old.length - end).map((line) => `-${line}`),
    ...now.slice(start, now.length - end).map((line) => `+${line}`),
    ...behind.map((line) => ` ${line}`),
  ];
  const count = (all: readonly string[]): number => all.length - end - from + behind.length;
  const range = (all: readonly string[]): string => `${count(all) === 0 ? from : from + 1},${count(all)}`;
  return `--- ${file}\n+++ ${file}\n@@ -${range(old)} +${range(now)} @@\n${lines.join('')}`;
}

/** Lines with their ends; where the last has none, that is said as `diff` does. */
function splitLines(text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const whole = lines.map((line) => `${line}\n`);
  return last === '' ? whole : [...whole, `${last}\n\\ No newline at end of file\n`];
}

function countSame(left: readonly string[], right: readonly string[]): number {
  const at = left.findIndex((line, index) => line !== right[index]);
  return at < 0 ? left.length : at;
}
