import { httpClientFields } from '../parts/http-client.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, oneOf, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const hetznerSDConfig = object({
  labelSelector: optional(nonEmpty, ''),
  port: optional(portNumber, ''),
  refreshInterval: optional(duration, ''),
  role: required(oneOf('hcloud', 'Hcloud', 'robot', 'Robot'), ''),
  ...httpClientFields,
});

export type HetznerSDConfig = Static<typeof hetznerSDConfig>;
