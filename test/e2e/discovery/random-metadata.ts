import type { KubernetesObject } from '../../../src/api/meta.ts';
import type { SeededRandom } from './seeded-random.ts';

export const labelSets: readonly Readonly<Record<string, string>>[] = [
  {},
  { app: 'web' },
  { app: 'db', tier: 'back' },
  { 'app.kubernetes.io/name': 'web', empty: '' },
  { app: 'web', 'prometheus.io-scrape': 'true' },
];
export const annotationSets: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9102' },
  { note: 'ä "quoted"\nline', 'prometheus.io/path': '/custom metrics' },
  // As `kubectl apply` leaves it.
  { 'kubectl.kubernetes.io/last-applied-configuration': '{"kind":"Any","metadata":{"annotations":{}}}\n' },
];

export function makeMetadata(random: SeededRandom, namespace: string, name: string): KubernetesObject['metadata'] {
  const labels = { ...random.pick(labelSets) };
  return { namespace, name, labels, annotations: { ...random.pick(annotationSets) } };
}

/** Addresses of both families, no two alike. */
export class RandomAddresses {
  readonly #random: SeededRandom;
  #last = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  ip(): string {
    return this.#random.chance(0.8) ? this.ipv4() : this.ipv6();
  }

  host(): string {
    return `host${this.#last++}.example.com`;
  }

  ipv4(): string {
    this.#last += 1;
    return `10.1.${Math.floor(this.#last / 250)}.${(this.#last % 250) + 1}`;
  }

  ipv6(): string {
    this.#last += 1;
    return `fd00::${this.#last.toString(16)}`;
  }
}
