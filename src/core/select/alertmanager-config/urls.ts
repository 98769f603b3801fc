import { explainAlertUrl, explainTemplateUrl } from '../../templates/alertmanager-template.ts';
import { reject } from '../../field-checks/check-scope.ts';
import type { Findings } from '../../findings.ts';

/** A URL; `templates`: it may be made by a template. Nothing to check when it is not set. */
export function* checkAlertUrl(url: string | undefined, field: string, templates: 'plain' | 'templates'): Findings {
  if (url === undefined || url === '') return;
  const fault = templates === 'templates' ? explainTemplateUrl(url) : explainAlertUrl(url);
  if (fault !== undefined) yield reject({ field, reason: 'InvalidURL' }, fault);
}
