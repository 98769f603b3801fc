import { httpConnectionFields, oauth2, safeAuthorization } from '../parts/http-client.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { object, optional } from '../schema.ts';
import type { Static } from '../schema.ts';

export const digitalOceanSDConfig = object({
  authorization: optional(safeAuthorization, ''),
  oauth2: optional(oauth2, ''),
  port: optional(portNumber, ''),
  refreshInterval: optional(duration, ''),
  ...httpConnectionFields,
});

export type DigitalOceanSDConfig = Static<typeof digitalOceanSDConfig>;
