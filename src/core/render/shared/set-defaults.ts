import { isJsonObject } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { Shape } from './fill-defaults.ts';
import { podTemplateShape } from './pod-defaults.ts';
import { claimTemplateShape } from './volume-defaults.ts';

/** Defaults of StatefulSets, DaemonSets and Services (Kubernetes, pkg/apis/apps/v1 and core/v1). */

const texts: Shape = { mapOf: 'text' };
const selector: Shape = { fields: { matchLabels: texts } };

/** A rolling update without parameters is the same as one with the usual ones, whichever of them this server knows. */
function dropUsualRollingUpdate(strategy: JsonObject): void {
  const { rollingUpdate } = strategy;
  if (!isJsonObject(rollingUpdate)) return;
  const usual: JsonObject = { partition: 0, maxUnavailable: 1, maxSurge: 0 };
  const rest = Object.entries(rollingUpdate).filter(([key, value]) => usual[key] !== value);
  if (rest.length === 0) delete strategy.rollingUpdate;
  else strategy.rollingUpdate = Object.fromEntries(rest);
}

const updateStrategy: Shape = { zeroDefaults: { type: 'RollingUpdate' }, complete: dropUsualRollingUpdate };

export const statefulSetSpecShape: Shape = {
  zeroDefaults: { podManagementPolicy: 'OrderedReady' },
  defaults: { replicas: 1, updateStrategy: {}, persistentVolumeClaimRetentionPolicy: {} },
  omitZero: ['minReadySeconds'],
  fields: {
    selector,
    updateStrategy,
    persistentVolumeClaimRetentionPolicy: { zeroDefaults: { whenDeleted: 'Retain', whenScaled: 'Retain' } },
    template: podTemplateShape,
    volumeClaimTemplates: { items: claimTemplateShape },
  },
};

export const daemonSetSpecShape: Shape = {
  defaults: { updateStrategy: {} },
  omitZero: ['minReadySeconds'],
  fields: { selector, updateStrategy, template: podTemplateShape },
};

function chooseTargetPort(port: JsonObject): void {
  port.targetPort ??= port.port;
}

export const serviceSpecShape: Shape = {
  zeroDefaults: { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' },
  omitZero: ['publishNotReadyAddresses', 'externalName', 'loadBalancerIP'],
  fields: {
    selector: texts,
    ports: { items: { zeroDefaults: { protocol: 'TCP' }, omitZero: ['nodePort', 'name'], complete: chooseTargetPort } },
  },
};
