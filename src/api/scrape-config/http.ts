import { httpClientFields } from '../parts/http-client.ts';
import { duration, httpsURL } from '../parts/scalars.ts';
import { object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const httpSDConfig = object({
  refreshInterval: optional(duration, 'Time between two requests.'),
  url: required(httpsURL, 'Where the targets are fetched, as JSON.'),
  ...httpClientFields,
});

export type HTTPSDConfig = Static<typeof httpSDConfig>;
