import { httpConnectionFields } from '../parts/http-client.ts';
import { secretKeySelector } from '../parts/references.ts';
import { duration, httpsURL, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, oneOf, optional, required, setOf } from '../schema.ts';
import type { Static } from '../schema.ts';

export const scalewaySDConfig = object({
  accessKey: required(nonEmpty, ''),
  apiURL: optional(httpsURL, ''),
  nameFilter: optional(nonEmpty, ''),
  port: optional(portNumber, ''),
  projectID: required(nonEmpty, ''),
  refreshInterval: optional(duration, ''),
  role: required(oneOf('Instance', 'Baremetal'), ''),
  secretKey: required(secretKeySelector, ''),
  tagsFilter: optional(setOf(nonEmpty), '', { minItems: 1 }),
  zone: optional(nonEmpty, ''),
  ...httpConnectionFields,
});

export type ScalewaySDConfig = Static<typeof scalewaySDConfig>;
