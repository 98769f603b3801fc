import { httpConnectionFields, oauth2, safeAuthorization } from '../parts/http-client.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const ionosSDConfig = object({
  authorization: required(safeAuthorization, 'Authorization header with the API token. Not used when oauth2 is set.'),
  datacenterID: required(nonEmpty, 'Id of the data center.'),
  oauth2: optional(oauth2, 'OAuth 2.0 client credentials. Wins over authorization.'),
  port: optional(portNumber, 'Port to scrape. 80 by default; relabelling may change it.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  ...httpConnectionFields,
});

export type IonosSDConfig = Static<typeof ionosSDConfig>;
