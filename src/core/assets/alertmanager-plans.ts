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

/** The keys below `spec.alertmanagerConfiguration.NAME` of an Alertmanager. */
function collectBelow({ metadata, spec }: Alertmanager, name: string): FieldReference[] {
  const found = collectReferences(globalPlan, spec, metadata.namespace ?? '');
  return found.filter(({ field }) => field.startsWith(`spec.alertmanagerConfiguration.${name}`));
}

/** The keys that `spec.alertmanagerConfiguration.global` of an Alertmanager refers to. */
export function collectGlobalReferences(alertmanager: Alertmanager): FieldReference[] {
  return collectBelow(alertmanager, 'global.');
}

/** The keys with templates that the pods mount: a Secret goes before a ConfigMap, and of two with one key the first is taken. */
export function collectTemplateReferences(alertmanager: Alertmanager): FieldReference[] {
  const all = collectBelow(alertmanager, 'templates[');
  const secrets = new Set(all.filter(({ kind }) => kind === 'Secret').map(({ field }) => field));
  const chosen = all.filter(
    ({ kind, field }) => kind === 'Secret' || !secrets.has(field.replace(/configMap$/, 'secret')),
  );
  const keys = new Set<string>();
  return chosen.filter(({ key }) => !keys.has(key) && keys.add(key));
}
