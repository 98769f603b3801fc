import { secretKeySelector } from '../parts/references.ts';
import { duration, httpsURL, portNumber } from '../parts/scalars.ts';
import { safeTLSConfig } from '../parts/tls.ts';
import { flag, nonEmpty, object, oneOf, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const openStackSDConfig = object({
  allTenants: optional(flag, ''),
  applicationCredentialId: optional(nonEmpty, ''),
  applicationCredentialName: optional(nonEmpty, ''),
  applicationCredentialSecret: optional(secretKeySelector, ''),
  availability: optional(oneOf('Public', 'public', 'Admin', 'admin', 'Internal', 'internal'), ''),
  domainID: optional(nonEmpty, ''),
  domainName: optional(nonEmpty, ''),
  identityEndpoint: optional(httpsURL, ''),
  password: optional(secretKeySelector, ''),
  port: optional(portNumber, ''),
  projectID: optional(nonEmpty, ''),
  projectName: optional(nonEmpty, ''),
  refreshInterval: optional(duration, ''),
  region: required(nonEmpty, ''),
  role: required(oneOf('Instance', 'Hypervisor', 'LoadBalancer'), ''),
  tlsConfig: optional(safeTLSConfig, ''),
  userid: optional(nonEmpty, ''),
  username: optional(nonEmpty, ''),
});

export type OpenStackSDConfig = Static<typeof openStackSDConfig>;
