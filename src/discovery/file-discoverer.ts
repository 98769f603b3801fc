import { watch } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock, Timer } from '../base/clock.ts';
import { describeError } from '../base/errors.ts';
import { compilePattern } from '../base/glob.ts';
import type { Logger } from '../base/logger.ts';
import { parseYaml } from '../base/yaml.ts';
import { createEmptyGroup, createPlainGroup } from '../core/targets/plain-groups.ts';
import type { FileSdConfig } from '../core/targets/sd-config.ts';
import type { Discoverer, GroupSink } from './discoverer.ts';
import type { DiscoveryMetrics } from './metrics.ts';
import { readGroupList } from './group-list.ts';
import { fileQuietMs } from './limits.ts';

export interface FileDiscovererOptions {
  readonly config: FileSdConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Pick<DiscoveryMetrics, 'countFileError'>;
}

/** Reads target groups from files, again whenever one changes and at every refresh interval. */
export function createFileDiscoverer(options: FileDiscovererOptions): Discoverer {
  let reader: FileReader | undefined;
  return {
    run: (send, signal) => {
      reader = new FileReader(options, send);
      return reader.run(signal);
    },
    isIdle: () => reader?.hasRead ?? false,
    isComplete: () => reader?.hasRead ?? false,
  };
}

class FileReader {
  readonly #options: FileDiscovererOptions;
  readonly #send: GroupSink;
  /** Number of groups that each file gave last; a file that cannot be read keeps its groups. */
  readonly #counts = new Map<string, number>();
  #timer: Timer | undefined;
  #wake: (() => void) | undefined;
  #hasRead = false;

  constructor(options: FileDiscovererOptions, send: GroupSink) {
    this.#options = options;
    this.#send = send;
  }

  /** True once every file was read, or could not be. */
  get hasRead(): boolean {
    return this.#hasRead;
  }

  async run(signal: AbortSignal): Promise<void> {
    const stopWatching = this.#watch();
    const stop = (): void => this.#wake?.();
    signal.addEventListener('abort', stop, { once: true });
    try {
      while (!signal.aborted) {
        await this.#refresh();
        this.#hasRead = true;
        await this.#pause(this.#options.config.refreshIntervalMs, signal);
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stopWatching();
    }
  }

  /** Waits for the time, for a change of a file or for the end. */
  #pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#timer?.cancel();
        resolve();
      };
      this.#timer = this.#options.clock.schedule(ms, resolve);
      if (signal.aborted) this.#wake();
    });
  }

  #watch(): () => void {
    const folders = new Set(this.#options.config.files.map((path) => dirname(path)));
    let quiet: Timer | undefined;
    const change = (): void => {
      quiet?.cancel();
      quiet = this.#options.clock.schedule(fileQuietMs, () => this.#wake?.());
    };
    const watchers = [...folders].flatMap((folder) => this.#watchFolder(folder, change));
    return () => {
      quiet?.cancel();
      for (const watcher of watchers) watcher.close();
    };
  }

  #watchFolder(folder: string, change: () => void): { close(): void }[] {
    try {
      const watcher = watch(folder, { persistent: false }, change);
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch (error) {
      this.#options.logger.warn('Cannot watch a folder', { folder, error: describeError(error) });
      return [];
    }
  }

  async #refresh(): Promise<void> {
    const paths = await listFiles(this.#options.config.files);
    for (const path of paths) await this.#readOne(path);
    for (const [path, count] of this.#counts) {
      if (paths.has(path)) continue;
      this.#send(listSources(path, 0, count).map(createEmptyGroup));
      this.#counts.delete(path);
    }
  }

  async #readOne(path: string): Promise<void> {
    try {
      const text = await readFile(path, 'utf8');
      const value: unknown = path.endsWith('.json') ? JSON.parse(text) : parseYaml(text, path);
      const groups = readGroupList(value).map((group, index) =>
        createPlainGroup(`${path}:${index}`, group, { __meta_filepath: path }),
      );
      const gone = listSources(path, groups.length, this.#counts.get(path) ?? 0).map(createEmptyGroup);
      this.#counts.set(path, groups.length);
      this.#send([...groups, ...gone]);
    } catch (error) {
      this.#options.metrics.countFileError();
      this.#options.logger.error('Cannot read a file of targets', { path, error: describeError(error) });
    }
  }
}

function listSources(path: string, from: number, to: number): string[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => `${path}:${from + index}`);
}

async function listFiles(patterns: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(patterns.map(expandPattern));
  return new Set(found.flat());
}

/** The last part of a path may be a pattern; a folder that is not there is empty. */
async function expandPattern(path: string): Promise<string[]> {
  const folder = dirname(path);
  const matches = compilePattern(basename(path));
  const names = await readdir(folder).catch(() => []);
  return names
    .filter(matches)
    .sort()
    .map((name) => join(folder, name));
}
