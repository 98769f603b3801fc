import { flag, nonEmpty, object, oneOf, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';
import { secretKeySelector } from './references.ts';

export const sigv4 = object(
  {
    accessKey: optional(
      secretKeySelector,
      'Key of the Secret that holds the access key id. Set it together with secretKey; without both the default chain of the AWS SDK is used.',
    ),
    externalId: optional(nonEmpty, 'External id to send when the role is assumed. Needs roleArn.', {
      since: 'Prometheus 3.11.0 or Alertmanager 0.33.0',
    }),
    profile: optional(text, 'Named profile of the shared AWS configuration to use.'),
    region: optional(text, 'Region that requests are signed for. By default that of the environment.'),
    roleArn: optional(text, 'ARN of the role to assume.'),
    secretKey: optional(
      secretKeySelector,
      'Key of the Secret that holds the secret access key. Set it together with accessKey.',
    ),
    useFIPSSTSEndpoint: optional(flag, 'Uses the FIPS endpoint of the token service.', { since: 'Prometheus 2.54.0' }),
  },
  {
    'x-kubernetes-validations': [
      { rule: 'has(self.roleArn) || !has(self.externalId)', message: 'externalId needs roleArn: set roleArn too' },
    ],
  },
);

export type Sigv4 = Static<typeof sigv4>;

export const managedIdentity = object({
  clientId: optional(
    nonEmpty,
    'Id of a user-assigned identity. That of the system when absent, which needs Prometheus 3.5.0 or Thanos 0.40.0.',
  ),
});

export type ManagedIdentity = Static<typeof managedIdentity>;

export const azureOAuth = object({
  clientId: required(nonEmpty, 'Id of the application, a UUID.'),
  clientSecret: required(secretKeySelector, "Key of the Secret that holds the application's secret."),
  tenantId: required(text, 'Tenant the application belongs to.', { pattern: '^[0-9a-zA-Z-.]+$', minLength: 1 }),
});

export type AzureOAuth = Static<typeof azureOAuth>;

export const azureSDK = object({
  tenantId: optional(text, 'Tenant to authenticate with. By default that of the environment.', {
    pattern: '^[0-9a-zA-Z-.]+$',
  }),
});

export type AzureSDK = Static<typeof azureSDK>;

export const azureWorkloadIdentity = object({
  clientId: required(nonEmpty, 'Id of the identity, a UUID.'),
  tenantId: required(nonEmpty, 'Tenant of the identity, a UUID.'),
});

export type AzureWorkloadIdentity = Static<typeof azureWorkloadIdentity>;

export const azureAD = object({
  cloud: optional(
    oneOf('AzureChina', 'AzureGovernment', 'AzurePublic'),
    'Azure cloud to authenticate against. AzurePublic by default.',
  ),
  managedIdentity: optional(
    managedIdentity,
    'Authenticates with a managed identity. Exactly one of managedIdentity, oauth, sdk and workloadIdentity must be set.',
  ),
  oauth: optional(
    azureOAuth,
    'Authenticates as an application with its secret. Exactly one of managedIdentity, oauth, sdk and workloadIdentity must be set.',
    { since: 'Prometheus 2.48.0' },
  ),
  scope: optional(text, 'Scope to ask tokens for, instead of that of the cloud.', {
    since: 'Prometheus 3.9.0',
    pattern: '^[\\w\\s:/.\\\\-]+$',
  }),
  sdk: optional(
    azureSDK,
    'Authenticates with the default chain of the Azure SDK. Exactly one of managedIdentity, oauth, sdk and workloadIdentity must be set.',
    { since: 'Prometheus 2.52.0' },
  ),
  workloadIdentity: optional(
    azureWorkloadIdentity,
    "Authenticates with the identity of the pod's service account. Exactly one of managedIdentity, oauth, sdk and workloadIdentity must be set.",
    { since: 'Prometheus 3.7.0' },
  ),
});

export type AzureAD = Static<typeof azureAD>;
