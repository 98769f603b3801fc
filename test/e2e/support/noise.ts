import type { ScrapeConfig } from '../../../src/api/scrape-config.ts';

/** Text of which gzip leaves three quarters, the same for the same seed: xorshift, in base64. */
export function makeNoise(seed: number, length: number): string {
  let state = seed * 2_654_435_761 + 1;
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 0xff;
  }
  return bytes.toString('base64').slice(0, length);
}

/** A job with one target, whose label `version` is the given one, and a long rule that leaves nothing behind. */
export function makeNoisyScrapeConfig(namespace: string, number: number, version = 'old'): ScrapeConfig {
  return {
    metadata: { namespace, name: `noisy-${String(number).padStart(5, '0')}` },
    spec: {
      staticConfigs: [{ targets: ['127.0.0.1:9'], labels: { version } }],
      relabelings: [{ targetLabel: '__tmp_noise', replacement: makeNoise(number, 12_000) }],
    },
  };
}
