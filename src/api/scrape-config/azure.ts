import { httpClientFields } from '../parts/http-client.ts';
import { secretKeySelector } from '../parts/references.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, oneOf, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const azureSDConfig = object({
  authenticationMethod: optional(
    oneOf('OAuth', 'ManagedIdentity', 'SDK', 'WorkloadIdentity'),
    'How to log in. OAuth (the default) needs tenantID, clientID and clientSecret. SDK needs Prometheus 2.52.0, WorkloadIdentity 3.11.0.',
  ),
  clientID: optional(nonEmpty, 'Id of the application. For OAuth.'),
  clientSecret: optional(secretKeySelector, "Key of the Secret with the application's secret. For OAuth."),
  environment: optional(nonEmpty, 'Azure cloud to ask. AzurePublicCloud by default.'),
  port: optional(portNumber, 'Port to scrape. 80 by default; relabelling may change it.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  resourceGroup: optional(nonEmpty, 'Resource group to look in. All by default.', { since: 'Prometheus 2.35.0' }),
  subscriptionID: required(nonEmpty, 'Subscription to look in.'),
  tenantID: optional(nonEmpty, 'Tenant of the application. For OAuth.'),
  ...httpClientFields,
});

export type AzureSDConfig = Static<typeof azureSDConfig>;
