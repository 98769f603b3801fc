import { createHash } from 'node:crypto';
import { fillVariables, hasVariables } from './same-scalar.ts';
import type { Variables } from './same-scalar.ts';

/** As many bytes of the digest as the metric can hold exactly. */
const hashWidth = 6;

/**
 * `alertmanager_config_hash` of an Alertmanager that runs this text: the first six bytes of its MD5, the least significant one first
 * (github.com/prometheus/alertmanager/config/coordinator.go; all versions). So secrets count, too.
 * @param text as it stands in the Secret, before the config-reloader puts variables in
 * @returns undefined when it has variables that are not known
 */
export function hashAlertmanagerConfig(text: string, variables: Variables): number | undefined {
  const filled = fillVariables(text, variables);
  if (hasVariables(filled)) return undefined;
  return createHash('md5').update(filled).digest().readUIntLE(0, hashWidth);
}
