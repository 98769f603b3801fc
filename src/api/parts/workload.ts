import { flag, int32, intOrString, list, nonEmpty, object, oneOf, optional, required, text } from '../schema.ts';
import type { ObjectOf, Static } from '../schema.ts';
import { storageSpec } from './storage.ts';

export const argument = object({
  name: required(nonEmpty, 'Name of the argument, without the dashes in front.'),
  value: optional(text, 'Its value; leave it out for flags that have none.'),
});

export type Argument = Static<typeof argument>;

export const rollingUpdateStatefulSetStrategy = object({
  maxUnavailable: optional(
    intOrString,
    'How many pods may be down during an update, as a number or a share such as "10%". Needs the feature gate of Kubernetes.',
  ),
});

export type RollingUpdateStatefulSetStrategy = Static<typeof rollingUpdateStatefulSetStrategy>;

export const statefulSetUpdateStrategy = object(
  {
    rollingUpdate: optional(
      rollingUpdateStatefulSetStrategy,
      'Details of the rolling update. Only with type RollingUpdate.',
    ),
    type: required(
      oneOf('OnDelete', 'RollingUpdate'),
      'RollingUpdate replaces pods one after the other, OnDelete waits until you delete them.',
    ),
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

/** What all workloads have in common besides the pod template. */
export const workloadFields = {
  additionalArgs: optional(
    list(argument),
    'Arguments to add to the command line of the main container. One that the operator sets itself fails the reconciliation.',
  ),
  image: optional(
    text,
    "Image of the main container. By default it is made from the operator's base image and version.",
  ),
  listenLocal: optional(
    flag,
    'Listens on the loopback address only, so that the pods can be reached through a proxy container alone. Removes ports and probes.',
  ),
  logFormat: optional(oneOf('', 'logfmt', 'json'), 'Format of the log.'),
  logLevel: optional(oneOf('', 'debug', 'info', 'warn', 'error'), 'Least severe level that is logged.'),
  minReadySeconds: optional(int32, 'Seconds a pod must be ready before it counts as available.', { minimum: 0 }),
  paused: optional(flag, 'Stops the operator from acting on this object, except for deletion.'),
  podManagementPolicy: optional(
    oneOf('OrderedReady', 'Parallel'),
    'Whether pods are started and stopped one after the other (OrderedReady) or all at once (Parallel, the default). A change recreates the StatefulSet.',
  ),
  portName: optional(text, 'Name of the web port in pods and Service.', { default: 'web' }),
  replicas: optional(
    int32,
    'Pods to run, each with the whole work; in a sharded Prometheus, pods a shard. 1 by default, 0 stops all.',
  ),
  routePrefix: optional(
    text,
    'Path under which the web handlers are served. By default the path of externalUrl, or "/".',
  ),
  serviceName: optional(
    nonEmpty,
    'Name of the governing Service, which you then make yourself and which must select the pods. By default the operator makes one. A change recreates the StatefulSet.',
  ),
  storage: optional(storageSpec, 'Where the data are kept. An emptyDir by default: data are gone with the pod.'),
  updateStrategy: optional(
    statefulSetUpdateStrategy,
    'How changes are rolled out to the pods. RollingUpdate by default.',
  ),
  version: optional(
    text,
    'Version to run. The operator reads it to know which settings are understood, so set it also with an image of your own.',
  ),
};

export type WorkloadFields = ObjectOf<typeof workloadFields>;
