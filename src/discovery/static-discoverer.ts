import { createPlainGroup } from '../core/targets/plain-groups.ts';
import type { StaticSdConfig } from '../core/targets/sd-config.ts';
import type { Discoverer } from './discoverer.ts';

/** Sends its groups once, under their positions as sources (docs/reference/discovery.md 1.1). */
export function createStaticDiscoverer({ groups }: StaticSdConfig): Discoverer {
  return {
    run: (send) => {
      send(groups.map((group, index) => createPlainGroup(String(index), group)));
      return Promise.resolve();
    },
    isIdle: () => true,
    isComplete: () => true,
  };
}
