import { httpClientFields } from '../parts/http-client.ts';
import { secretKeySelector } from '../parts/references.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, oneOf, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const azureSDConfig = object({
  authenticationMethod: optional(oneOf('OAuth', 'ManagedIdentity', 'SDK', 'WorkloadIdentity'), ''),
  clientID: optional(nonEmpty, ''),
  clientSecret: optional(secretKeySelector, ''),
  environment: optional(nonEmpty, ''),
  port: optional(portNumber, ''),
  refreshInterval: optional(duration, ''),
  resourceGroup: optional(nonEmpty, ''),
  subscriptionID: required(nonEmpty, ''),
  tenantID: optional(nonEmpty, ''),
  ...httpClientFields,
});

export type AzureSDConfig = Static<typeof azureSDConfig>;
