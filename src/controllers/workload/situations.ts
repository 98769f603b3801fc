import { equalJson } from '../../base/json.ts';
import type { Verdict } from '../../core/status/conditions.ts';
import type { SituationVerdicts, SituationalCondition } from '../../core/status/situations.ts';

/**
 * What parts of the operator know of each workload, for the conditions that are only there when there is something to say.
 * In memory: after a restart whoever knows tells it anew, before or with the first sync.
 */
export class Situations {
  readonly #byKey = new Map<string, SituationVerdicts>();
  readonly #wakeStatus: (key: string) => void;

  /** @param wakeStatus is called when something else is told than before. */
  constructor(wakeStatus: (key: string) => void) {
    this.#wakeStatus = wakeStatus;
  }

  /** @param key "namespace/name". @param verdict undefined: there is nothing to say, and no such condition. */
  tell(key: string, type: SituationalCondition, verdict: Verdict | undefined): void {
    const before = this.#byKey.get(key) ?? {};
    if (equalJson(before[type], verdict)) return;
    this.#byKey.set(key, { ...before, [type]: verdict });
    this.#wakeStatus(key);
  }

  of(key: string): SituationVerdicts {
    return this.#byKey.get(key) ?? {};
  }

  forget(key: string): void {
    this.#byKey.delete(key);
  }
}
