import { httpConnectionFields, oauth2, safeAuthorization } from '../parts/http-client.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, optional } from '../schema.ts';
import type { Static } from '../schema.ts';

export const linodeSDConfig = object({
  authorization: optional(safeAuthorization, ''),
  oauth2: optional(oauth2, ''),
  port: optional(portNumber, ''),
  refreshInterval: optional(duration, ''),
  region: optional(nonEmpty, ''),
  tagSeparator: optional(nonEmpty, ''),
  ...httpConnectionFields,
});

export type LinodeSDConfig = Static<typeof linodeSDConfig>;
