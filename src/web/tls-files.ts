/** The certificate of a server in files, read again while it runs. */
import { readFileSync, statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import { describeError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { IdentitySource, ServerIdentity } from './identity.ts';
import { checkIdentity } from './identity.ts';
import { fileSettleMs } from './limits.ts';

export interface TlsPaths {
  readonly certFile: string;
  readonly keyFile: string;
  /** Clients need a certificate of this CA when the file exists as the server starts; "" for none. */
  readonly clientCaFile: string;
}

/** Told of what happens to certificates; for metrics. */
export interface IdentityObserver {
  /** A certificate is served with from now on; milliseconds since 1970. */
  observeExpiry(expiresAt: number): void;
  observeReload(failed: boolean): void;
}

export interface TlsFilesDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly observer?: IdentityObserver | undefined;
}

/**
 * Certificate, key and CA of clients in files. What cannot be used (half written, ended, a key of another certificate) is
 * told once and counted; the last good one stays.
 */
export class TlsFiles implements IdentitySource {
  readonly #paths: TlsPaths;
  readonly #deps: TlsFilesDeps;
  readonly #needsClientCa: boolean;
  readonly #listeners = new Set<(identity: ServerIdentity) => void>();
  #current: ServerIdentity;
  #lastProblem: string | undefined;

  /** @throws {Error} when the files cannot be used: a server needs one certificate to begin with. */
  constructor(paths: TlsPaths, deps: TlsFilesDeps) {
    this.#paths = paths;
    this.#deps = deps;
    const { clientCaFile } = paths;
    this.#needsClientCa = clientCaFile !== '' && statSync(clientCaFile, { throwIfNoEntry: false })?.isFile() === true;
    if (!this.#needsClientCa && clientCaFile !== '')
      deps.logger.warn('Clients need no certificate: there is no CA file', { file: clientCaFile });
    this.#current = this.#read();
    deps.observer?.observeExpiry(this.#current.expiresAt);
  }

  get current(): ServerIdentity {
    return this.#current;
  }

  subscribe(listener: (identity: ServerIdentity) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Reads the files every `intervalMs`, and soon after their folders change, until `signal` is aborted. */
  async run(intervalMs: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    let changed = new AbortController();
    const watchers = this.#watchFolders(() => changed.abort(new Error('changed')));
    try {
      for (;;) {
        await sleep(clock, intervalMs, AbortSignal.any([signal, changed.signal])).catch(() => undefined);
        if (changed.signal.aborted) await sleep(clock, fileSettleMs, signal).catch(() => undefined);
        changed = new AbortController();
        if (signal.aborted) return;
        this.reload();
      }
    } finally {
      for (const watcher of watchers) watcher.close();
    }
  }

  /** Reads the files now. */
  reload(): void {
    const { logger, observer } = this.#deps;
    try {
      const next = this.#read();
      this.#lastProblem = undefined;
      if (isSame(next, this.#current)) return;
      this.#current = next;
      observer?.observeReload(false);
      observer?.observeExpiry(next.expiresAt);
      logger.info('Certificate reloaded', {
        file: this.#paths.certFile,
        expires: new Date(next.expiresAt).toISOString(),
      });
      for (const listener of this.#listeners) listener(next);
    } catch (error) {
      observer?.observeReload(true);
      const problem = describeError(error);
      if (problem === this.#lastProblem) return;
      this.#lastProblem = problem;
      logger.error('Cannot reload the certificate: the old one stays', { file: this.#paths.certFile, err: problem });
    }
  }

  #read(): ServerIdentity {
    const { certFile, keyFile, clientCaFile } = this.#paths;
    const clientCa = this.#needsClientCa ? readFileSync(clientCaFile, 'utf8') : undefined;
    const texts = { certificate: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8'), clientCa };
    return checkIdentity(texts, this.#deps.clock.now());
  }

  /** Kubelet swaps a link in the folder. Where folders cannot be watched, the interval alone counts. */
  #watchFolders(changed: () => void): FSWatcher[] {
    const paths = Object.values(this.#paths).filter((path: string) => path !== '');
    return [...new Set(paths.map((path: string) => dirname(path)))].flatMap((folder) => {
      try {
        const watcher = watch(folder, { persistent: false }, changed);
        watcher.on('error', () => watcher.close());
        return [watcher];
      } catch {
        return [];
      }
    });
  }
}

const isSame = (a: ServerIdentity, b: ServerIdentity): boolean =>
  a.certificate === b.certificate && a.key === b.key && a.clientCa === b.clientCa;
