/** Defaults of pods and pod templates (kubernetes, pkg/apis/core/v1/defaults.go). Objects are changed in place. */
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { ensureObject, objectAt, objectsAt, setAbsent, setDefaults, textAt } from './read-json.ts';

/** What a pod spec gets in a Pod and in a template alike. */
export function applyPodSpecDefaults(spec: JsonObject): void {
  setDefaults(spec, { dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', schedulerName: 'default-scheduler' });
  setAbsent(spec, { securityContext: {}, terminationGracePeriodSeconds: 30 });
  if (textAt(spec, 'serviceAccountName') !== '') spec.serviceAccount = spec.serviceAccountName;
  else if (textAt(spec, 'serviceAccount') !== '') spec.serviceAccountName = spec.serviceAccount;
  for (const volume of objectsAt(spec, 'volumes')) applyVolumeDefaults(volume);
  for (const name of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const container of objectsAt(spec, name)) applyContainerDefaults(container, spec.hostNetwork === true);
  }
}

/** What only Pods get: service links and requests that follow from limits. */
export function applyPodDefaults(spec: JsonObject): void {
  setAbsent(spec, { enableServiceLinks: true });
  for (const name of ['initContainers', 'containers']) {
    for (const container of objectsAt(spec, name)) {
      const resources = objectAt(container, 'resources');
      if (isJsonObject(resources.limits)) setAbsent(ensureObject(resources, 'requests'), resources.limits);
    }
  }
}

function applyContainerDefaults(container: JsonObject, hostNetwork: boolean): void {
  setDefaults(container, {
    imagePullPolicy: isLatest(textAt(container, 'image')) ? 'Always' : 'IfNotPresent',
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  for (const port of objectsAt(container, 'ports')) {
    setDefaults(port, { protocol: 'TCP' });
    if (hostNetwork) setDefaults(port, { hostPort: port.containerPort });
  }
  for (const variable of objectsAt(container, 'env')) {
    applyFieldRefDefaults(objectAt(variable, 'valueFrom'));
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[name];
    if (isJsonObject(probe)) applyProbeDefaults(probe);
  }
  const lifecycle = objectAt(container, 'lifecycle');
  for (const name of ['postStart', 'preStop']) applyHandlerDefaults(objectAt(lifecycle, name));
}

/** No tag, and no digest, means latest. */
function isLatest(image: string): boolean {
  const name = image.slice(image.lastIndexOf('/') + 1);
  return !name.includes('@') && (!name.includes(':') || name.endsWith(':latest'));
}

function applyProbeDefaults(probe: JsonObject): void {
  setDefaults(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  applyHandlerDefaults(probe);
  if (isJsonObject(probe.grpc)) setAbsent(probe.grpc, { service: '' });
}

function applyHandlerDefaults(handler: JsonObject): void {
  if (isJsonObject(handler.httpGet)) setDefaults(handler.httpGet, { path: '/', scheme: 'HTTP' });
}

function applyFieldRefDefaults(holder: JsonObject): void {
  if (isJsonObject(holder.fieldRef)) setDefaults(holder.fieldRef, { apiVersion: 'v1' });
  if (isJsonObject(holder.resourceFieldRef)) setDefaults(holder.resourceFieldRef, { divisor: '0' });
}

function applyVolumeDefaults(volume: JsonObject): void {
  if (Object.keys(volume).every((key) => key === 'name')) volume.emptyDir = {};
  for (const source of ['secret', 'configMap', 'projected', 'downwardAPI']) {
    const found = volume[source];
    if (isJsonObject(found)) setAbsent(found, { defaultMode: 420 });
  }
  for (const source of objectsAt(objectAt(volume, 'projected'), 'sources')) {
    if (isJsonObject(source.serviceAccountToken)) setAbsent(source.serviceAccountToken, { expirationSeconds: 3600 });
    for (const item of objectsAt(objectAt(source, 'downwardAPI'), 'items')) applyFieldRefDefaults(item);
  }
  for (const item of objectsAt(objectAt(volume, 'downwardAPI'), 'items')) applyFieldRefDefaults(item);
  if (isJsonObject(volume.hostPath)) setAbsent(volume.hostPath, { type: '' });
  const claim = objectAt(objectAt(volume, 'ephemeral'), 'volumeClaimTemplate');
  if (isJsonObject(claim.spec)) setAbsent(claim.spec, { volumeMode: 'Filesystem' });
}
