import { httpClientFields } from '../parts/http-client.ts';
import { duration, httpsURL } from '../parts/scalars.ts';
import { nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const kumaSDConfig = object({
  clientID: optional(nonEmpty, 'Name by which Prometheus tells itself to the control plane.', {
    since: 'Prometheus 2.50.0',
  }),
  fetchTimeout: optional(duration, 'How long a fetch may take.'),
  refreshInterval: optional(duration, 'Time between two fetches.'),
  server: required(httpsURL, "URL of the control plane's monitoring assignment service."),
  ...httpClientFields,
});

export type KumaSDConfig = Static<typeof kumaSDConfig>;
