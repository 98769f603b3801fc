import { httpConnectionFields } from '../parts/http-client.ts';
import { secretKeySelector } from '../parts/references.ts';
import { duration, httpsURL, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, oneOf, optional, required, setOf } from '../schema.ts';
import type { Static } from '../schema.ts';

export const scalewaySDConfig = object({
  accessKey: required(nonEmpty, 'Access key of the API.'),
  apiURL: optional(httpsURL, "URL of the API, instead of Scaleway's own."),
  nameFilter: optional(nonEmpty, 'Part of the name a server must have.'),
  port: optional(portNumber, 'Port to scrape. 80 by default; relabelling may change it.'),
  projectID: required(nonEmpty, 'Project to look in.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  role: required(oneOf('Instance', 'Baremetal'), 'What to discover.'),
  secretKey: required(secretKeySelector, 'Key of the Secret with the secret key.'),
  tagsFilter: optional(setOf(nonEmpty), 'Tags a server must have.', { minItems: 1 }),
  zone: optional(nonEmpty, 'Zone to look in. fr-par-1 by default.'),
  ...httpConnectionFields,
});

export type ScalewaySDConfig = Static<typeof scalewaySDConfig>;
