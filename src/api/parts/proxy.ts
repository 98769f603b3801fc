import { atomicMap, flag, list, optional, text } from '../schema.ts';
import type { ObjectOf } from '../schema.ts';
import { secretKeySelector } from './references.ts';
import { proxyURL } from './scalars.ts';

/** How a proxy is reached; part of everything that makes HTTP requests. */
export const proxyFields = {
  noProxy: optional(
    text,
    'Hosts, addresses and CIDR blocks, separated by commas, that are reached without the proxy. Needs proxyUrl or proxyFromEnvironment.',
    { since: 'Prometheus 2.43.0 or Alertmanager 0.26.0' },
  ),
  proxyConnectHeader: optional(
    atomicMap(list(secretKeySelector)),
    'Headers to send to the proxy with CONNECT requests, each with the Secret keys of its values.',
    { since: 'Prometheus 2.43.0 or Alertmanager 0.26.0' },
  ),
  proxyFromEnvironment: optional(
    flag,
    'Takes the proxy from the variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the container. Excludes proxyUrl and noProxy.',
    { since: 'Prometheus 2.43.0 or Alertmanager 0.26.0' },
  ),
  proxyUrl: optional(proxyURL, 'Proxy that requests go through.'),
};

export type ProxyConfig = ObjectOf<typeof proxyFields>;
