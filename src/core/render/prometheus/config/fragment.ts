import type { KeyReference } from '../../../assets/references.ts';

/** Something that was left out, and why; the configuration is valid all the same. */
export interface Warning {
  /** Key of the object ("Kind namespace/name"), or "" for the workload. */
  readonly object: string;
  readonly message: string;
}

/**
 * The jobs of one monitor as text. The same monitor, context and assets give the same fragment object as long as it is
 * cached, so fragments are compared by identity.
 */
export interface Fragment {
  /** "Kind/namespace/name". */
  readonly key: string;
  /** Items of `scrape_configs`: lines that end with a newline. */
  readonly yaml: string;
  readonly jobs: number;
  /** Whether a compressed chunk ends behind it. */
  readonly endsChunk: boolean;
  /** Keys whose contents must be in the tls-assets Secrets. */
  readonly tlsAssets: readonly KeyReference[];
  readonly warnings: readonly Warning[];
}
