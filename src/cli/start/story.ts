import type { KubernetesObject } from '../../api/meta.ts';
import type { Io } from '../io.ts';

/** Says what happens, one line a step; ticks are coloured on terminals only. */
export class Story {
  readonly #io: Io;
  #since = performance.now();

  constructor(io: Io) {
    this.#io = io;
  }

  say(text = ''): void {
    this.#io.stdout(`${text}\n`);
  }

  /** A step that is done, with the time since the one before. */
  done(text: string): void {
    const now = performance.now();
    const seconds = ((now - this.#since) / 1000).toFixed(1);
    this.#since = now;
    this.say(`  ${this.#mark('✓', 32)} ${text.padEnd(78)} ${seconds.padStart(5)} s`);
  }

  failed(text: string): void {
    this.say(`  ${this.#mark('✗', 31)} ${text}`);
  }

  /** Something to look at, and the command that says more. */
  warn(text: string, command: string): void {
    this.say(`  ${this.#mark('!', 33)} ${text}\n      ${command}`);
  }

  #mark(sign: string, colour: number): string {
    return this.#io.isTerminal ? `\u001b[${colour}m${sign}\u001b[0m` : sign;
  }
}

/** "1 Prometheus, 3 ServiceMonitors, 5 others": our own kinds by name, so that the line stays short. */
export function countKinds(objects: readonly KubernetesObject[]): string {
  const counts = new Map<string, number>();
  for (const { kind = '', apiVersion = '' } of objects) {
    const name = apiVersion.startsWith('monitoring.coreos.com/') ? kind : 'other';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const others = counts.get('other') ?? 0;
  counts.delete('other');
  if (others > 0) counts.set('other', others);
  return [...counts]
    .map(([kind, count]) => `${count} ${kind}${count === 1 || kind.endsWith('s') ? '' : 's'}`)
    .join(', ');
}
