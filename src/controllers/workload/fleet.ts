import type { FleetState } from '../../core/disruption/judge-changes.ts';

/** A workload that is not ready, and why. */
export interface Unready {
  /** "Prometheus monitoring/main". */
  readonly id: string;
  readonly why: string;
}

/** Who knows the workloads of one kind. */
export interface FleetMember {
  listUnready(): readonly Unready[];
}

/**
 * All workloads of the operator, for rollouts in waves: at most so many are disrupted at once. What counts is read from the
 * cluster each time, so that an operator that takes over knows as much; only what was written a moment ago, and is not in
 * the caches yet, is remembered.
 */
export class Fleet {
  readonly #limit: number;
  readonly #members: FleetMember[] = [];
  /** By id: whether the caches still show the workload as it was before its pods were disrupted. */
  readonly #begun = new Map<string, () => boolean>();
  /** Those that wait for a place, first come, first served. */
  readonly #waiting = new Map<string, () => void>();

  /** @param limit 0: no limit. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  join(member: FleetMember): void {
    this.#members.push(member);
  }

  /**
   * The state as the workload of that id finds it; undefined without a limit. One that is not ready has a place already, so that it
   * can be mended whoever else is not ready.
   */
  stateFor(id: string): FleetState | undefined {
    if (this.#limit === 0) return undefined;
    const all = this.#listDisrupted();
    const others = all.some((one) => one.id === id) ? [] : all;
    return { limit: this.#limit, disrupted: others.map((one) => `${one.id}: ${one.why}`) };
  }

  /** The workload is about to be disrupted. @param isUnseen whether the caches do not show it yet. */
  begin(id: string, isUnseen: () => boolean): void {
    this.#waiting.delete(id);
    if (this.#limit > 0) this.#begun.set(id, isUnseen);
  }

  /** @param wake is called once when there is a place. */
  wait(id: string, wake: () => void): void {
    if (!this.#waiting.has(id)) this.#waiting.set(id, wake);
  }

  /** It was not disrupted after all, does not wait any more, or is gone. */
  leave(id: string): void {
    this.#begun.delete(id);
    this.#waiting.delete(id);
  }

  /** Something has become ready, or may have: wakes those that wait and would be let pass. */
  look(): void {
    if (this.#waiting.size === 0) return;
    const disrupted = new Set(this.#listDisrupted().map(({ id }) => id));
    let places = this.#limit - disrupted.size;
    for (const [id, wake] of this.#waiting) {
      if (!disrupted.has(id) && places-- <= 0) continue;
      this.#waiting.delete(id);
      wake();
    }
  }

  #listDisrupted(): Unready[] {
    const unready = this.#members.flatMap((member) => member.listUnready());
    const known = new Set(unready.map(({ id }) => id));
    for (const [id, isUnseen] of this.#begun) if (!isUnseen()) this.#begun.delete(id);
    const begun = [...this.#begun.keys()].filter((id) => !known.has(id));
    return [...unready, ...begun.map((id) => ({ id, why: 'its pods are about to restart' }))];
  }
}
