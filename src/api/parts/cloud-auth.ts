import { secretKeySelector } from './references.ts';
import { flag, nonEmpty, object, oneOf, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const sigv4 = object(
  {
    accessKey: optional(secretKeySelector, ''),
    externalId: optional(nonEmpty, ''),
    profile: optional(text, ''),
    region: optional(text, ''),
    roleArn: optional(text, ''),
    secretKey: optional(secretKeySelector, ''),
    useFIPSSTSEndpoint: optional(flag, ''),
  },
  {
    'x-kubernetes-validations': [
      { rule: 'has(self.roleArn) || !has(self.externalId)', message: 'externalId needs roleArn: set roleArn too' },
    ],
  },
);

export type Sigv4 = Static<typeof sigv4>;

export const managedIdentity = object({
  clientId: optional(nonEmpty, ''),
});

export type ManagedIdentity = Static<typeof managedIdentity>;

export const azureOAuth = object({
  clientId: required(nonEmpty, ''),
  clientSecret: required(secretKeySelector, ''),
  tenantId: required(text, '', { pattern: '^[0-9a-zA-Z-.]+$', minLength: 1 }),
});

export type AzureOAuth = Static<typeof azureOAuth>;

export const azureSDK = object({
  tenantId: optional(text, '', { pattern: '^[0-9a-zA-Z-.]+$' }),
});

export type AzureSDK = Static<typeof azureSDK>;

export const azureWorkloadIdentity = object({
  clientId: required(nonEmpty, ''),
  tenantId: required(nonEmpty, ''),
});

export type AzureWorkloadIdentity = Static<typeof azureWorkloadIdentity>;

export const azureAD = object({
  cloud: optional(oneOf('AzureChina', 'AzureGovernment', 'AzurePublic'), ''),
  managedIdentity: optional(managedIdentity, ''),
  oauth: optional(azureOAuth, ''),
  scope: optional(text, '', { pattern: '^[\\w\\s:/.\\\\-]+$' }),
  sdk: optional(azureSDK, ''),
  workloadIdentity: optional(azureWorkloadIdentity, ''),
});

export type AzureAD = Static<typeof azureAD>;
