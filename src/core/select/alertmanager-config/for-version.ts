import { alertmanagerConfigSpec } from '../../../api/alertmanager-config.ts';
import type { AlertmanagerConfig } from '../../../api/alertmanager-config.ts';
import { checkRequired, checkShape } from '../../field-checks/check-shape.ts';
import type { Findings } from '../../findings.ts';
import { checkAlertmanagerConfig } from './check-alertmanager-config.ts';
import type { ConfigScope } from './check-alertmanager-config.ts';
import { checkKeys, checkSecretTexts } from './check-secrets.ts';
import { checkVersion } from './check-version.ts';

/**
 * What is wrong with an object of the stored version for one version of Alertmanager, whatever it is merged into: stages A
 * and B of docs/reference/rendering.md 5.11, after the shape that the API server checks too. Later checks rely on what
 * earlier ones let through: read one finding after the other, and stop at the first.
 */
export function* checkForVersion(object: AlertmanagerConfig, scope: ConfigScope): Findings {
  const { spec } = object;
  yield* checkRequired(alertmanagerConfigSpec, spec);
  yield* checkShape(alertmanagerConfigSpec, spec);
  yield* checkAlertmanagerConfig(object, scope);
  yield* checkVersion(spec, scope.version);
  yield* checkKeys(object, scope);
  yield* checkSecretTexts(spec.receivers ?? [], scope);
}
