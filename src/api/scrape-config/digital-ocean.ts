import { httpConnectionFields, oauth2, safeAuthorization } from '../parts/http-client.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { object, optional } from '../schema.ts';
import type { Static } from '../schema.ts';

export const digitalOceanSDConfig = object({
  authorization: optional(safeAuthorization, 'Authorization header with the API token. Excludes oauth2.'),
  oauth2: optional(oauth2, 'OAuth 2.0 client credentials. Excludes authorization.'),
  port: optional(portNumber, 'Port to scrape. 80 by default; relabelling may change it.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  ...httpConnectionFields,
});

export type DigitalOceanSDConfig = Static<typeof digitalOceanSDConfig>;
