import type { HttpClientConfig } from '../targets/sd-config.ts';
import { clientKeys } from './client-shape.ts';
import type { ValuesOf } from './shape.ts';

/** What was read of a mapping that an HTTP client block stands in. */
type ClientValues = ValuesOf<(typeof clientKeys)[number]>;

/** Whether a key asks for nothing else than when it is absent; what is a pointer to Go asks as soon as it is there. */
function isDefault(key: keyof ClientValues, { [key]: value }: ClientValues): boolean {
  if (key === 'follow_redirects' || key === 'enable_http2') return value === undefined || value === true;
  if (value === undefined || value === null || value === false) return true;
  if (key === 'tls_config') return Object.keys(value).length === 0;
  return value === '' && key !== 'proxy_url';
}

/** The block by itself; an empty one means that nothing is asked for (docs/reference/discovery.md 2.2). */
export const clientOf = (values: ClientValues): HttpClientConfig =>
  Object.fromEntries(clientKeys.flatMap(([key]) => (isDefault(key, values) ? [] : [[key, values[key]]])));
