import type { JsonObject } from '../../../base/json.ts';
import type { Shape } from './fill-defaults.ts';

/** Defaults of volumes and claims (Kubernetes, pkg/apis/core/v1/defaults.go). */

const texts: Shape = { mapOf: 'text' };
const quantities: Shape = { mapOf: 'quantity' };
/** rw-r--r-- */
const fileMode = { defaultMode: 0o644 };
const files: Shape = { defaults: fileMode };

export const resourceShape: Shape = {
  fields: { limits: quantities, requests: quantities },
  omitZero: ['limits', 'requests'],
};

export const fieldRefShape: Shape = { zeroDefaults: { apiVersion: 'v1' } };
/** A divisor of zero stands for one. */
export const resourceFieldShape: Shape = { fields: { divisor: { quantity: true } }, complete: dropZeroDivisor };

function dropZeroDivisor(selector: JsonObject): void {
  if (selector.divisor === '0') delete selector.divisor;
}

const downwardItems: Shape = {
  items: { fields: { fieldRef: fieldRefShape, resourceFieldRef: resourceFieldShape } },
};

const metadataShape: Shape = {
  fields: { labels: texts, annotations: texts },
  omitZero: ['labels', 'annotations', 'name', 'namespace'],
};

const claimSpec: Shape = {
  zeroDefaults: { volumeMode: 'Filesystem' },
  fields: { resources: resourceShape, selector: { fields: { matchLabels: texts } } },
  omitZero: ['resources', 'volumeName'],
};

/** The API server stamps claim templates with type and status: none of ours, none of a user's drift. */
export const claimTemplateShape: Shape = {
  fields: { metadata: metadataShape, spec: claimSpec },
  complete: (claim) => {
    for (const stamp of ['apiVersion', 'kind', 'status']) Reflect.deleteProperty(claim, stamp);
  },
};

const projected: Shape = {
  defaults: fileMode,
  fields: {
    sources: {
      items: {
        fields: {
          serviceAccountToken: { defaults: { expirationSeconds: 3600 }, omitZero: ['audience'] },
          downwardAPI: { fields: { items: downwardItems } },
        },
      },
    },
  },
};

/** What is pulled when nothing says so: an image that may move always, others once. */
export function defaultPullPolicy(image: unknown): 'Always' | 'IfNotPresent' {
  if (typeof image !== 'string' || image.includes('@')) return 'IfNotPresent';
  const colon = image.lastIndexOf(':');
  const tag = colon > image.lastIndexOf('/') ? image.slice(colon + 1) : '';
  return tag === '' || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function chooseImagePullPolicy(volume: JsonObject): void {
  volume.pullPolicy ??= defaultPullPolicy(volume.reference);
}

/** A volume without a source is an empty folder. */
function assumeEmptyDir(volume: JsonObject): void {
  if (Object.keys(volume).every((key) => key === 'name')) volume.emptyDir = {};
}

export const volumeShape: Shape = {
  complete: assumeEmptyDir,
  fields: {
    secret: files,
    configMap: files,
    projected,
    downwardAPI: { defaults: fileMode, fields: { items: downwardItems } },
    emptyDir: { fields: { sizeLimit: { quantity: true } }, omitZero: ['medium'] },
    ephemeral: {
      fields: {
        volumeClaimTemplate: { fields: { metadata: metadataShape, spec: claimSpec }, omitZero: ['metadata'] },
      },
    },
    hostPath: { defaults: { type: '' } },
    image: { complete: chooseImagePullPolicy },
    persistentVolumeClaim: { omitZero: ['readOnly'] },
    csi: { omitZero: ['readOnly'] },
    nfs: { omitZero: ['readOnly'] },
    iscsi: { zeroDefaults: { iscsiInterface: 'default' }, omitZero: ['readOnly'] },
    rbd: { zeroDefaults: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' }, omitZero: ['readOnly'] },
    azureDisk: { defaults: { cachingMode: 'ReadWrite', kind: 'Shared', fsType: 'ext4', readOnly: false } },
    scaleIO: { zeroDefaults: { storageMode: 'ThinProvisioned', fsType: 'xfs' }, omitZero: ['readOnly'] },
  },
};
