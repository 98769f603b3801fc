import { duration, portNumber } from '../parts/scalars.ts';
import { list, nonEmpty, object, oneOf, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const dnsSDConfig = object({
  names: required(list(nonEmpty), 'Names to resolve.', { minItems: 1 }),
  port: optional(portNumber, 'Port to scrape. Needed for all types but SRV, which says it itself.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  type: optional(
    oneOf('A', 'AAAA', 'MX', 'NS', 'SRV'),
    'Type of the records. SRV by default; MX needs Prometheus 2.38.0, NS 2.49.0.',
  ),
});

export type DNSSDConfig = Static<typeof dnsSDConfig>;
