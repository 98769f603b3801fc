import { customKinds } from '../../api/kinds.ts';
import { writeKey } from '../../core/overview/row-key.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import type { AnyInformer } from '../../controllers/workload/watches.ts';
import type { Change, ChangedRow } from '../../web/page/page-event.ts';
import { changesGatheredMs } from '../limits.ts';

export interface ObjectChangesDeps {
  readonly clock: Clock;
  readonly publish: (change: Change) => void;
  /** Something changed in a cache, also of what is told to nobody: Secrets, sets, namespaces. */
  readonly onChange: () => void;
}

const shown: ReadonlySet<string> = new Set(customKinds.map(({ type }) => type.kind));

/** Tells the page at once which objects of the monitoring API came, went or were changed; changes that come together in one event. */
export class ObjectChanges {
  readonly #deps: ObjectChangesDeps;
  readonly #attached = new Set<AnyInformer>();
  readonly #rows = new Map<string, ChangedRow>();
  #timer: Timer | undefined;

  constructor(deps: ObjectChangesDeps) {
    this.#deps = deps;
  }

  /** Follows the caches that it does not follow yet. What they have already is no change. */
  attach(informers: readonly AnyInformer[]): void {
    for (const informer of informers) {
      if (this.#attached.has(informer)) continue;
      this.#attached.add(informer);
      const isShown = shown.has(informer.type.kind);
      const note = (object: KubernetesObject): void => {
        this.#deps.onChange();
        if (isShown) this.#note(informer.type, object);
      };
      informer.addHandler({
        add: (object, isInitialList) => (isInitialList ? undefined : note(object)),
        update: (_, object) => note(object),
        delete: note,
      });
    }
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #note({ kind }: ResourceType, { metadata: { namespace = '', name = '' } }: KubernetesObject): void {
    const key = writeKey({ kind, namespace, name });
    this.#rows.set(key, { list: 'objects', key, about: [{ kind, namespace }] });
    this.#timer ??= this.#deps.clock.schedule(changesGatheredMs, () => this.#tell());
  }

  #tell(): void {
    const rows = [...this.#rows.values()];
    this.#rows.clear();
    this.#timer = undefined;
    this.#deps.publish({ asOf: this.#deps.clock.now(), rows });
  }
}
