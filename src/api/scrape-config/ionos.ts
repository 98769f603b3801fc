import { httpConnectionFields, oauth2, safeAuthorization } from '../parts/http-client.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const ionosSDConfig = object({
  authorization: required(safeAuthorization, ''),
  datacenterID: required(nonEmpty, ''),
  oauth2: optional(oauth2, ''),
  port: optional(portNumber, ''),
  refreshInterval: optional(duration, ''),
  ...httpConnectionFields,
});

export type IonosSDConfig = Static<typeof ionosSDConfig>;
