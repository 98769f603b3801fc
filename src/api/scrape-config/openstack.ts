import { secretKeySelector } from '../parts/references.ts';
import { duration, httpsURL, portNumber } from '../parts/scalars.ts';
import { safeTLSConfig } from '../parts/tls.ts';
import { flag, nonEmpty, object, oneOf, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const openStackSDConfig = object({
  allTenants: optional(flag, 'Discovers the instances of all projects. Usually for administrators.'),
  applicationCredentialId: optional(nonEmpty, 'Id of the application credential. Needs no user.'),
  applicationCredentialName: optional(nonEmpty, 'Name of the application credential. Needs a user.'),
  applicationCredentialSecret: optional(
    secretKeySelector,
    "Key of the Secret with the application credential's secret.",
  ),
  availability: optional(
    oneOf('Public', 'public', 'Admin', 'admin', 'Internal', 'internal'),
    'Endpoint of the catalog to use. Public by default.',
  ),
  domainID: optional(nonEmpty, "Id of the user's domain. Excludes domainName."),
  domainName: optional(nonEmpty, "Name of the user's domain. Excludes domainID."),
  identityEndpoint: optional(httpsURL, 'URL of the identity service.'),
  password: optional(secretKeySelector, "Key of the Secret with the user's password."),
  port: optional(portNumber, 'Port to scrape. 80 by default; relabelling may change it.'),
  projectID: optional(nonEmpty, 'Id of the project. Excludes projectName.'),
  projectName: optional(nonEmpty, 'Name of the project. Excludes projectID.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  region: required(nonEmpty, 'Region to look in.'),
  role: required(
    oneOf('Instance', 'Hypervisor', 'LoadBalancer'),
    'What to discover. LoadBalancer needs Prometheus 3.2.0.',
  ),
  tlsConfig: optional(safeTLSConfig, 'TLS settings of the requests.'),
  userid: optional(nonEmpty, 'Id of the user. Excludes username.'),
  username: optional(nonEmpty, 'Name of the user. Excludes userid.'),
});

export type OpenStackSDConfig = Static<typeof openStackSDConfig>;
