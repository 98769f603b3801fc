import { httpClientFields } from '../parts/http-client.ts';
import { duration, httpsURL, portNumber } from '../parts/scalars.ts';
import { flag, nonEmpty, object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const puppetDBSDConfig = object({
  includeParameters: optional(flag, 'Adds the parameters of the resources as labels. They may hold secrets.'),
  port: optional(portNumber, 'Port to scrape. 80 by default; relabelling may change it.'),
  query: required(nonEmpty, "Query in Puppet's language that gives the resources."),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  url: required(httpsURL, "URL of PuppetDB's root query endpoint."),
  ...httpClientFields,
});

export type PuppetDBSDConfig = Static<typeof puppetDBSDConfig>;
