import { keyOf } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { AssetStore } from '../../core/assets/store.ts';
import type { AssetObjects } from '../../core/assets/store.ts';
import { findConfigurationChange } from '../../core/configuration/changed-sources.ts';
import { describeConfiguration } from '../../core/configuration/configuration.ts';
import type { PartGround, SearchTexts } from '../../core/configuration/find-parts.ts';
import type { Desired } from '../../core/desired/steps.ts';
import type { DesiredObserver } from '../../controllers/workload/desired-observer.ts';
import type { ConfigurationSource, KeptConfiguration } from '../../web/page/configuration-source.ts';
import { searchTextsMs } from '../limits.ts';

export interface WrittenConfigurationsDeps {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  /** Contents of Secrets and ConfigMaps as the last syncs saw them. */
  readonly assets: () => AssetObjects;
}

type Listener = Parameters<ConfigurationSource['subscribe']>[0];

/**
 * What the syncs of this process wrote last, and what the last change did. Of an earlier configuration no more is kept than what
 * changed: jobs of monitors that have not changed are those that syncs remember anyway.
 */
export class WrittenConfigurations implements DesiredObserver, ConfigurationSource {
  readonly #deps: WrittenConfigurationsDeps;
  #texts: SearchTexts = new WeakMap();
  /** When they were last asked for, on the monotonic clock. */
  #searchedAt = 0;
  readonly #listeners = new Set<Listener>();
  readonly #kept = new Map<string, KeptConfiguration>();

  constructor(deps: WrittenConfigurationsDeps) {
    this.#deps = deps;
  }

  /** What is only rendered is not in the cluster yet. */
  observe(): void {}

  wrote(desired: Desired): void {
    this.#dropTexts();
    const { owner } = desired.workload;
    const key = `${owner.kind} ${keyOf(owner)}`;
    const configuration = describeConfiguration(desired);
    if (configuration === undefined) {
      this.#drop(key);
      return;
    }
    const known = this.#kept.get(key);
    const now = this.#deps.clock.now();
    const change = known && findConfigurationChange(known.configuration, configuration);
    const kept: KeptConfiguration = {
      configuration,
      writtenAt: known === undefined || change !== undefined ? now : known.writtenAt,
      ...(change === undefined ? {} : { change }),
      ...(change === undefined && known?.change !== undefined ? { change: known.change } : {}),
    };
    this.#kept.set(key, kept);
    if (known === undefined || change !== undefined) this.#tell(kept);
  }

  forget(kind: string, key: string): void {
    this.#drop(`${kind} ${key}`);
  }

  #drop(key: string): void {
    const known = this.#kept.get(key);
    this.#kept.delete(key);
    if (known !== undefined) this.#tell(known);
  }

  #tell({ configuration: { workload } }: KeptConfiguration): void {
    for (const listener of this.#listeners) listener(workload);
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  list(): KeptConfiguration[] {
    return [...this.#kept.values()];
  }

  /** Texts that are searched are as large as the configuration: they are kept for a short time. */
  readGround(): PartGround {
    this.#dropTexts();
    this.#searchedAt = this.#deps.clock.monotonic();
    return { assets: new AssetStore(this.#deps.assets()), texts: this.#texts };
  }

  #dropTexts(): void {
    if (this.#deps.clock.monotonic() - this.#searchedAt >= searchTextsMs) this.#texts = new WeakMap();
  }
}
