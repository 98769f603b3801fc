import type { Entries } from './entry.ts';

/** Reasons of the condition VolumesExpanded. */
export const volumeReasons = {
  VolumesExpanding: {
    code: 'STK6041',
    meaning: 'VolumesExpanded: claims are being expanded, one after the other; no pod is touched',
    example:
      '1 of 3 claims of StatefulSet "prometheus-main" are "100Gi", "prometheus-main-db-prometheus-main-1" is being expanded',
    mend: 'Wait: the claims that the message names grow one after the other.',
  },
  ExpansionFailed: {
    code: 'STK6042',
    meaning: 'VolumesExpanded: a claim cannot be expanded; those after it wait, everything else goes on',
    example:
      '0 of 1 claims of StatefulSet "prometheus-main" are "100Gi", "prometheus-main-db-prometheus-main-0" is being expanded: quota exceeded (kubectl describe pvc prometheus-main-db-prometheus-main-0)',
    mend: "Look at the claim's conditions and Events: kubectl describe pvc. It goes on by itself once the driver can.",
  },
  ShrinkingRefused: {
    code: 'STK6043',
    meaning: 'VolumesExpanded: a smaller size was asked for, which no claim can get; set and claims stay as they are',
    example:
      'Cannot shrink the volumes of StatefulSet "prometheus-main" from "100Gi" to "50Gi": no volume claim can be made smaller; set and claims stay as they are, set spec.storage.volumeClaimTemplate.spec.resources.requests.storage to "100Gi" or more',
    mend: 'Set the size back. Smaller volumes need new claims: another workload, or the name of another claim template.',
  },
  ClassNotExpandable: {
    code: 'STK6044',
    meaning: 'VolumesExpanded: the StorageClass of a claim does not allow expansion; set and claims stay as they are',
    example:
      'Cannot expand the volumes of StatefulSet "prometheus-main" from "50Gi" to "100Gi": StorageClass "standard" of claim "prometheus-main-db-prometheus-main-0" does not allow it',
    mend: 'Set allowVolumeExpansion: true on the StorageClass, if its driver can expand volumes; or set the size back.',
  },
  ExpansionNotPermitted: {
    code: 'STK6045',
    meaning: 'VolumesExpanded: the operator may not read and patch volume claims; set and claims stay as they are',
    example:
      'Cannot expand the volumes of StatefulSet "prometheus-main" from "50Gi" to "100Gi": RBAC does not let the operator get and patch persistentvolumeclaims here. Apply its Role or ClusterRole again',
    mend: 'Apply the Role or ClusterRole of this version again (stoker install).',
  },
} as const satisfies Entries;
