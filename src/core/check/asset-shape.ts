import type { KubernetesObject } from '../../api/meta.ts';
import { joinPath, showValue } from '../../api/validation/violation.ts';
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Finding } from './finding.ts';

const tables: Readonly<Record<string, readonly string[]>> = {
  Secret: ['data', 'stringData'],
  ConfigMap: ['data', 'binaryData'],
};

/** Secrets and ConfigMaps hold texts; numbers and flags without quotes are the usual mistake. */
export function checkAssetShape(object: KubernetesObject): Finding[] {
  if (object.apiVersion !== 'v1') return [];
  const fields = tables[object.kind ?? ''] ?? [];
  return fields.flatMap((field) => {
    const table = (object as unknown as JsonObject)[field] ?? {};
    if (!isJsonObject(table)) return [refuse(field, 'a mapping', table)];
    return Object.entries(table)
      .filter(([, value]) => typeof value !== 'string')
      .map(([key, value]) => refuse(joinPath(field, key), 'a text', value));
  });
}

/** The value is told only where it is no text: those are not secret. */
function refuse(path: string, wanted: string, found: unknown): Finding {
  const shown = typeof found === 'string' ? 'a text' : showValue(found);
  const message = `Expected ${wanted}: found ${shown}`;
  return { severity: 'error', reason: 'InvalidValue', path, part: 'value', message };
}
