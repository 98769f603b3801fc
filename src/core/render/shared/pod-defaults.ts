import { isJsonObject } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { Shape } from './fill-defaults.ts';
import { defaultPullPolicy, fieldRefShape, resourceFieldShape, resourceShape, volumeShape } from './volume-defaults.ts';

/** Defaults of pod templates (Kubernetes, pkg/apis/core/v1/defaults.go). */

const texts: Shape = { mapOf: 'text' };
const selectorShape: Shape = { fields: { matchLabels: texts }, omitZero: ['matchLabels'] };

const httpGet: Shape = { zeroDefaults: { path: '/', scheme: 'HTTP' }, omitZero: ['host'] };

const probe: Shape = {
  zeroDefaults: { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  omitZero: ['initialDelaySeconds'],
  fields: { httpGet, grpc: { defaults: { service: '' } } },
};

const lifecycle: Shape = { fields: { postStart: { fields: { httpGet } }, preStop: { fields: { httpGet } } } };

const env: Shape = {
  items: {
    omitZero: ['value'],
    fields: { valueFrom: { fields: { fieldRef: fieldRefShape, resourceFieldRef: resourceFieldShape } } },
  },
};

function choosePullPolicy(container: JsonObject): void {
  if (container.imagePullPolicy === '') delete container.imagePullPolicy;
  container.imagePullPolicy ??= defaultPullPolicy(container.image);
}

const container: Shape = {
  zeroDefaults: { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' },
  omitZero: ['resources', 'securityContext', 'workingDir', 'stdin', 'stdinOnce', 'tty', 'lifecycle'],
  complete: choosePullPolicy,
  fields: {
    ports: { items: { zeroDefaults: { protocol: 'TCP' }, omitZero: ['hostPort', 'hostIP', 'name'] } },
    env,
    envFrom: { items: { omitZero: ['prefix'] } },
    resources: resourceShape,
    volumeMounts: { items: { omitZero: ['readOnly', 'subPath', 'subPathExpr'] } },
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    lifecycle,
  },
};

const podAffinityTerm: Shape = { fields: { labelSelector: selectorShape, namespaceSelector: selectorShape } };
const podAffinity: Shape = {
  fields: {
    requiredDuringSchedulingIgnoredDuringExecution: { items: podAffinityTerm },
    preferredDuringSchedulingIgnoredDuringExecution: { items: { fields: { podAffinityTerm } } },
  },
};

const asObjects = (list: unknown): JsonObject[] => (Array.isArray(list) ? list.filter(isJsonObject) : []);

/** On the host's network a port is the host's port, whether it says so or not. */
function dropImpliedHostPorts(pod: JsonObject): void {
  if (pod.hostNetwork !== true) return;
  const containers = [...asObjects(pod.containers), ...asObjects(pod.initContainers)];
  for (const port of containers.flatMap((one) => asObjects(one.ports))) {
    if (port.hostPort === port.containerPort) delete port.hostPort;
  }
}

/** serviceAccount is the old name of serviceAccountName; the API server keeps both. */
function dropServiceAccountAlias(pod: JsonObject): void {
  pod.serviceAccountName ??= pod.serviceAccount;
  delete pod.serviceAccount;
}

const podSpec: Shape = {
  zeroDefaults: { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', schedulerName: 'default-scheduler' },
  defaults: { terminationGracePeriodSeconds: 30 },
  omitZero: [
    'securityContext',
    'affinity',
    'dnsConfig',
    'nodeSelector',
    'serviceAccountName',
    'priorityClassName',
    'nodeName',
    'hostname',
    'subdomain',
    'hostNetwork',
    'hostPID',
    'hostIPC',
  ],
  complete: (pod) => {
    dropImpliedHostPorts(pod);
    dropServiceAccountAlias(pod);
  },
  fields: {
    containers: { items: container },
    initContainers: { items: container },
    volumes: { items: volumeShape },
    nodeSelector: texts,
    affinity: {
      fields: { podAffinity, podAntiAffinity: podAffinity },
      omitZero: ['nodeAffinity', 'podAffinity', 'podAntiAffinity'],
    },
    tolerations: { items: { omitZero: ['key', 'operator', 'value', 'effect'] } },
    topologySpreadConstraints: { items: { fields: { labelSelector: selectorShape } } },
    overhead: { mapOf: 'quantity' },
  },
};

/** A pod template; labels and annotations are compared as they are. */
export const podTemplateShape: Shape = {
  fields: {
    metadata: {
      fields: { labels: texts, annotations: texts },
      omitZero: ['labels', 'annotations', 'name', 'namespace'],
    },
    spec: podSpec,
  },
};
