import { duration, portNumber } from '../parts/scalars.ts';
import { list, nonEmpty, object, oneOf, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const dnsSDConfig = object({
  names: required(list(nonEmpty), '', { minItems: 1 }),
  port: optional(portNumber, ''),
  refreshInterval: optional(duration, ''),
  type: optional(oneOf('A', 'AAAA', 'MX', 'NS', 'SRV'), ''),
});

export type DNSSDConfig = Static<typeof dnsSDConfig>;
