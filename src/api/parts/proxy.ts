import { secretKeySelector } from './references.ts';
import { proxyURL } from './scalars.ts';
import { atomicMap, flag, list, optional, text } from '../schema.ts';
import type { ObjectOf } from '../schema.ts';

export const proxyFields = {
  noProxy: optional(text, ''),
  proxyConnectHeader: optional(atomicMap(list(secretKeySelector)), ''),
  proxyFromEnvironment: optional(flag, ''),
  proxyUrl: optional(proxyURL, ''),
};

export type ProxyConfig = ObjectOf<typeof proxyFields>;
