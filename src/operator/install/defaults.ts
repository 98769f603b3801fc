import { version } from '../version.ts';
import type { InstallOptions } from './install-options.ts';

/** What manifests and chart have in common: the chart's values.yaml is generated from these, too. */

/** Name of the objects, and of the release that the chart is expected to be installed as. */
export const installName = 'stoker';

/** Repository of the image; its tag is the version. */
export const imageRepository = 'stoker';

export const replicas = 2;

/** The user in the image; no group or file of the node is theirs. */
export const userId = 65_532;

export const webPort = 8080;

export const webhookPort = 8443;

/** Service of the webhook. */
export const webhookService = `${installName}-webhook`;

export const webhookSecret = `${webhookService}-certificate`;

/** Deployment, Service and service account of `stoker discovery`. */
export const discoveryName = `${installName}-discovery`;

export const discoveryPort = 8443;

/** Where the flags of the reference look for the serving certificate. */
export const certificateFolder = '/etc/tls/private';

export const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } };

/** Of `stoker discovery`, which holds the Pods, Services and slices of the cluster. */
export const discoveryResources = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } };

export const podSecurityContext = {
  runAsNonRoot: true,
  runAsUser: userId,
  runAsGroup: userId,
  seccompProfile: { type: 'RuntimeDefault' },
};

export const securityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

const probe = (path: string) => ({
  httpGet: { path, port: 'web' },
  periodSeconds: 10,
  timeoutSeconds: 5,
  failureThreshold: 3,
});

/** Fails when a watch was broken for a quarter of an hour, or the event loop is held most of the time: a restart may help. */
export const livenessProbe = { ...probe('/healthz'), initialDelaySeconds: 10 };

/** Fails while a cache is not filled. */
export const readinessProbe = probe('/readyz');

/** Replicas prefer different nodes. */
export const spreadOverNodes = {
  maxSkew: 1,
  topologyKey: 'kubernetes.io/hostname',
  whenUnsatisfiable: 'ScheduleAnyway',
};

/** Time for syncs under way to end and for the lease to be released. */
export const terminationGracePeriodSeconds = 30;

/** Old ReplicaSets that are kept for a roll back. */
export const revisionHistoryLimit = 3;

/** What is installed when nothing else is said. */
export const defaultInstall: InstallOptions = {
  namespace: installName,
  image: `${imageRepository}:${version}`,
  replicas,
  namespaces: [],
  assetAccess: 'watch',
  webhook: { mode: 'off', failurePolicy: 'Ignore', secret: webhookSecret, caBundle: '' },
  guards: { podDisruptionBudgets: 'off', networkPolicies: 'off' },
  discoveryService: { mode: 'off', secret: `${discoveryName}-certificate` },
};
