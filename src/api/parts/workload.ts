import { storageSpec } from './storage.ts';
import { flag, int32, intOrString, list, nonEmpty, object, oneOf, optional, required, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const argument = object({
  name: required(nonEmpty, ''),
  value: optional(text, ''),
});

export type Argument = Static<typeof argument>;

export const rollingUpdateStatefulSetStrategy = object({
  maxUnavailable: optional(intOrString, ''),
});

export type RollingUpdateStatefulSetStrategy = Static<typeof rollingUpdateStatefulSetStrategy>;

export const statefulSetUpdateStrategy = object(
  {
    rollingUpdate: optional(rollingUpdateStatefulSetStrategy, ''),
    type: required(oneOf('OnDelete', 'RollingUpdate'), ''),
  },
  {
    'x-kubernetes-validations': [
      {
        rule: "self.type == 'RollingUpdate' || !has(self.rollingUpdate)",
        message: 'rollingUpdate needs type RollingUpdate: remove it or change type',
      },
    ],
  },
);

export type StatefulSetUpdateStrategy = Static<typeof statefulSetUpdateStrategy>;

export const workloadFields = {
  additionalArgs: optional(list(argument), ''),
  image: optional(text, ''),
  listenLocal: optional(flag, ''),
  logFormat: optional(oneOf('', 'logfmt', 'json'), ''),
  logLevel: optional(oneOf('', 'debug', 'info', 'warn', 'error'), ''),
  minReadySeconds: optional(int32, '', { minimum: 0 }),
  paused: optional(flag, ''),
  podManagementPolicy: optional(oneOf('OrderedReady', 'Parallel'), ''),
  portName: optional(text, '', { default: 'web' }),
  replicas: optional(int32, ''),
  routePrefix: optional(text, ''),
  serviceName: optional(nonEmpty, ''),
  storage: optional(storageSpec, ''),
  updateStrategy: optional(statefulSetUpdateStrategy, ''),
  version: optional(text, ''),
};
