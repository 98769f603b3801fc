import { httpConnectionFields } from '../parts/http-client.ts';
import { secretKeySelector } from '../parts/references.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { listMap, nonEmpty, object, optional } from '../schema.ts';
import type { Static } from '../schema.ts';
import { filter } from './filter.ts';

export const ec2SDConfig = object({
  accessKey: optional(secretKeySelector, ''),
  filters: optional(listMap(filter, ['name']), ''),
  port: optional(portNumber, ''),
  refreshInterval: optional(duration, ''),
  region: optional(nonEmpty, ''),
  roleARN: optional(nonEmpty, ''),
  secretKey: optional(secretKeySelector, ''),
  ...httpConnectionFields,
});

export type EC2SDConfig = Static<typeof ec2SDConfig>;
