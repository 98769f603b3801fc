import type { Overview } from '../../core/overview/overview.ts';
import type { Gatherer } from '../../operator/explain/answer.ts';

/** A cluster or manifests, to look at as a whole or to search. */
export interface Surveyor {
  readonly gatherer: Pick<Gatherer, 'objects'>;
  /** Rejects with ApiError or TransportError when a cluster gives no answer. */
  readonly survey: () => Promise<Overview>;
}
