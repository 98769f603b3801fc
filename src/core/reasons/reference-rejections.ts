import type { Entries } from './entry.ts';

/** Why an object is left out that refers to something: Secrets, ConfigMaps, other objects, files. */
export const referenceRejections = {
  InvalidReference: {
    code: 'STK5101',
    meaning: 'No Secret or ConfigMap can have the name that is referred to',
    example: 'Cannot refer to Secret "Checkout_Token": no object can have that name; name one that exists',
    mend: 'Write the name of a Secret or ConfigMap: lower-case letters, digits, "-" and ".".',
  },
  SecretNotFound: {
    code: 'STK5102',
    meaning: 'The Secret that is referred to is not there, in the namespace of the object',
    example: 'Cannot find Secret "shop/checkout-token"',
    mend: 'Create the Secret in the namespace of the object that refers to it, or correct the name. It is taken in as soon as it is there.',
  },
  ConfigMapNotFound: {
    code: 'STK5103',
    meaning: 'The ConfigMap that is referred to is not there, in the namespace of the object',
    example: 'Cannot find ConfigMap "shop/checkout-ca"',
    mend: 'Create the ConfigMap in the namespace of the object that refers to it, or correct the name. It is taken in as soon as it is there.',
  },
  KeyNotFound: {
    code: 'STK5104',
    meaning: 'The Secret or ConfigMap is there, and has no such key',
    example: 'Cannot find key "password" in Secret "shop/checkout"',
    mend: 'Refer to a key that is there, or add the key.',
  },
  FileAccessDenied: {
    code: 'STK5105',
    meaning: 'The monitor reads a file of the Prometheus container, and the workload denies it',
    example:
      'Cannot read file "/var/run/secrets/token": spec.arbitraryFSAccessThroughSMs of the workload denies files, use a Secret',
    mend: 'Keep the value in a Secret and refer to it. Whoever may write monitors could read any file of the container otherwise.',
  },
  AlertmanagerConfigNotFound: {
    code: 'STK5106',
    meaning: 'The AlertmanagerConfig that the Alertmanager begins with is not there',
    example: 'Cannot find AlertmanagerConfig "monitoring/base"',
    mend: 'Create it in the namespace of the Alertmanager, or correct spec.alertmanagerConfiguration.name.',
  },
  ServiceNotFound: {
    code: 'STK5107',
    meaning: 'The Service that spec.serviceName names is not there',
    example: 'Cannot use Service "prometheus-main": it does not exist; create it',
    mend: 'Create the Service, or leave spec.serviceName out: the operator makes one then.',
  },
  ServiceSelectorMismatch: {
    code: 'STK5108',
    meaning: 'The Service that spec.serviceName names does not select the Pods of the workload',
    example:
      'Cannot use Service "prometheus-main": its selector wants app="prometheus", which the pods do not have; select them by app.kubernetes.io/name, app.kubernetes.io/instance',
    mend: 'Give the Service a selector of labels that the Pods have.',
  },
  StorageClassNotFound: {
    code: 'STK5109',
    meaning: 'The StorageClass that the volumes ask for is not there',
    example: 'Cannot use StorageClass "fast": it does not exist; create it or name another',
    mend: 'Name a StorageClass that the cluster has (kubectl get storageclass), or create it.',
  },
} as const satisfies Entries;
