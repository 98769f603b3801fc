import { alertmanagerConfigSpec } from '../../api/alertmanager-config.ts';
import type { AlertmanagerConfig } from '../../api/alertmanager-config.ts';
import { alertmanagerSpec } from '../../api/alertmanager.ts';
import type { Alertmanager } from '../../api/alertmanager.ts';
import { collectReferences, planReferences } from './references.ts';
import type { FieldReference } from './references.ts';

const configPlan = planReferences(alertmanagerConfigSpec);

/** What the configuration itself is made of; other fields name objects that the pods mount. */
const globalPlan = planReferences(alertmanagerSpec, ['alertmanagerConfiguration']);

/** The keys that an AlertmanagerConfig refers to; all in its own namespace. */
export function collectConfigReferences({ metadata, spec }: AlertmanagerConfig): FieldReference[] {
  return collectReferences(configPlan, spec, metadata.namespace ?? '');
}

/** The keys that `spec.alertmanagerConfiguration.global` of an Alertmanager refers to. Templates are mounted, not read. */
export function collectGlobalReferences({ metadata, spec }: Alertmanager): FieldReference[] {
  const found = collectReferences(globalPlan, spec, metadata.namespace ?? '');
  return found.filter(({ field }) => field.startsWith('spec.alertmanagerConfiguration.global.'));
}
