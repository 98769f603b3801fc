import { httpClientFields } from '../parts/http-client.ts';
import { secretKeySelector } from '../parts/references.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, optional } from '../schema.ts';
import type { Static } from '../schema.ts';

export const lightSailSDConfig = object({
  accessKey: optional(
    secretKeySelector,
    'Key of the Secret with the access key id. Set it together with secretKey; without both the default chain of the AWS SDK is used.',
  ),
  endpoint: optional(nonEmpty, 'Endpoint to use instead of that of the region.'),
  port: optional(portNumber, 'Port to scrape. 80 by default; relabelling may change it.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  region: optional(nonEmpty, 'Region to look in. That of the environment by default.'),
  roleARN: optional(nonEmpty, 'ARN of the role to assume.'),
  secretKey: optional(
    secretKeySelector,
    'Key of the Secret with the secret access key. Set it together with accessKey.',
  ),
  ...httpClientFields,
});

export type LightSailSDConfig = Static<typeof lightSailSDConfig>;
