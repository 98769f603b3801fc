import { Backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { IdentitySource, ServerIdentity } from '../../web/identity.ts';
import { checkIdentity } from '../../web/identity.ts';
import type { IdentityObserver } from '../../web/tls-files.ts';
import type { CertificateState, RotationPolicy } from '../../webhook/rotation.ts';
import { bundleOf, planRotation, takeStep } from '../../webhook/rotation.ts';
import type { BundleTargets } from './ca-bundle.ts';
import { publishBundle } from './ca-bundle.ts';
import { CertificateStore } from './certificate-store.ts';
import { certificateLookMs, firstCertificateRetryMs, longestCertificateRetryMs } from '../limits.ts';

export interface SelfMadeOptions {
  readonly secret: string;
  readonly policy: RotationPolicy;
  readonly targets: BundleTargets;
}

export interface SelfMadeDeps {
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly observer: IdentityObserver;
}

/**
 * A certificate of our own making, shared with the other replicas through a Secret, replaced in time, and its authority kept
 * in the webhook configurations. Any number of replicas may do so at once: who writes the Secret first, wins.
 */
export class SelfMadeIdentity implements IdentitySource {
  readonly #options: SelfMadeOptions;
  readonly #deps: SelfMadeDeps;
  readonly #store: CertificateStore;
  readonly #listeners = new Set<(identity: ServerIdentity) => void>();
  #current: ServerIdentity | undefined;
  /** The bundle that callers were last told; undefined while that is not known. */
  #published: string | undefined;
  #publishedAt = 0;
  #publishing: Promise<void> | undefined;
  #lastProblem: string | undefined;

  /** Reading the CRD is what costs. */
  get #verifyMs(): number {
    return Math.min(2 * certificateLookMs, this.#options.policy.overlapMs);
  }

  constructor(options: SelfMadeOptions, deps: SelfMadeDeps) {
    this.#options = options;
    this.#deps = deps;
    this.#store = new CertificateStore(deps.client, {
      namespace: options.targets.service.namespace,
      name: options.secret,
    });
  }

  /** @throws {Error} before `prepare` has ended. */
  get current(): ServerIdentity {
    if (this.#current === undefined) throw new Error('There is no certificate yet');
    return this.#current;
  }

  subscribe(listener: (identity: ServerIdentity) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves when there is a certificate to serve with, and its CA was told or could not be, however long the API server takes. Rejects when aborted. */
  async prepare(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#deps;
    const backoff = new Backoff({
      initialMs: firstCertificateRetryMs,
      maxMs: longestCertificateRetryMs,
      jitter: 1,
      random,
    });
    while (!(await this.#attempt())) await sleep(clock, backoff.next(), signal);
    await this.#publishing;
  }

  /** Keeps the certificate and the bundles up to date until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const pauseMs = Math.min(certificateLookMs, this.#options.policy.overlapMs / 4);
    for (;;) {
      await sleep(this.#deps.clock, pauseMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      await this.#attempt();
    }
  }

  /** One look; what goes wrong is told once and tried again at the next. Whether there is a certificate to serve with. */
  async #attempt(): Promise<boolean> {
    try {
      await this.#look();
      if (this.#publishing === undefined) this.#lastProblem = undefined;
    } catch (error) {
      this.#tell(describeError(error));
    }
    return this.#current !== undefined;
  }

  #tell(problem: string): void {
    this.#deps.observer.observeReload(true);
    if (problem === this.#lastProblem) return;
    this.#lastProblem = problem;
    this.#deps.logger.error('Cannot keep the certificate up to date: what there is stays', { err: problem });
  }

  async #look(): Promise<void> {
    const stored = await this.#store.read();
    const { policy } = this.#options;
    const now = this.#deps.clock.now();
    const published = stored.state !== undefined && this.#published === bundleOf(stored.state);
    const input = { state: stored.state, policy, published, asked: stored.asked, now };
    const step = planRotation(input);
    const state = step === 'none' ? stored.state : await takeStep(step, input);
    if (state === undefined) return;
    if (step !== 'none') {
      if (!(await this.#store.write(stored, state))) {
        await this.#look();
        return;
      }
      this.#deps.logger.info('Certificate rotation', { step });
    }
    this.#adopt(state);
    this.#publish(bundleOf(state));
  }

  #adopt({ current: { certificate, key } }: CertificateState): void {
    if (this.#current?.certificate === certificate) return;
    const identity = checkIdentity({ certificate, key, clientCa: undefined }, this.#deps.clock.now());
    const isFirst = this.#current === undefined;
    this.#current = identity;
    this.#deps.observer.observeExpiry(identity.expiresAt);
    if (isFirst) return;
    this.#deps.logger.info('Certificate replaced', { expires: new Date(identity.expiresAt).toISOString() });
    this.#deps.observer.observeReload(false);
    for (const listener of this.#listeners) listener(identity);
  }

  /**
   * Looked at now and then, too: `kubectl apply` or Helm may have taken a bundle away. Nothing waits for it: a replica must
   * follow the Secret in time, however slow the API server is with a CRD.
   */
  #publish(bundle: string): void {
    const now = this.#deps.clock.monotonic();
    const isFresh = this.#published === bundle && now - this.#publishedAt < this.#verifyMs;
    if (isFresh || this.#publishing !== undefined) return;
    this.#publishing = this.#publishNow(now)
      .catch((error: unknown) => this.#tell(describeError(error)))
      .finally(() => (this.#publishing = undefined));
  }

  async #publishNow(now: number): Promise<void> {
    const readBundle = async (): Promise<string> => {
      const { state } = await this.#store.read();
      if (state === undefined) throw new Error('The Secret with the certificate is gone');
      return bundleOf(state);
    };
    const { bundle, changed } = await publishBundle(this.#deps.client, this.#options.targets, readBundle);
    this.#published = bundle;
    this.#publishedAt = now;
    if (changed > 0) this.#deps.logger.info('CA bundle written', { objects: changed });
  }
}
