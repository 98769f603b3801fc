import { configMapKeySelector } from './references.ts';
import { proxyURL } from './scalars.ts';
import { atomicMap, flag, list, optional, text, object } from '../schema.ts';
import type { Static } from '../schema.ts';

export const proxyFields = {
  noProxy: optional(text, ''),
  proxyConnectHeader: optional(atomicMap(list(configMapKeySelector)), ''),
  proxyFromEnvironment: optional(flag, ''),
  proxyUrl: optional(proxyURL, ''),
};

const proxyConfig = object(proxyFields);

export type ProxyConfig = Static<typeof proxyConfig>;
