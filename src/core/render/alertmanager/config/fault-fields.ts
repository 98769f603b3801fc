import type { AlertmanagerConfig } from '../../../../api/alertmanager-config.ts';
import { isJsonObject } from '../../../../base/json.ts';
import type { Rejection } from '../../../rejection.ts';
import { hideValues } from './loadable-config.ts';
import type { ConfigFault } from './sanitize.ts';

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** The steps of a path such as "receivers[0].slack_configs[1].api_url". */
const stepsOf = (path: string): readonly string[] => path.match(/\[\d+\]|[^.[\]]+/g) ?? [];

/** A field and what it holds. */
interface ConfigField {
  readonly field: string;
  readonly value: unknown;
}

/**
 * The field of an AlertmanagerConfig behind a place in what was made of it: as far down as names go together, such as
 * "spec.receivers[0].slackConfigs[1].apiURL".
 */
function findConfigField(spec: unknown, path: string): ConfigField {
  let at = spec;
  let field = 'spec';
  for (const step of stepsOf(path)) {
    if (step.startsWith('[')) {
      const items: readonly unknown[] = Array.isArray(at) ? at : [];
      at = items[Number(step.slice(1, -1))];
      if (at === undefined) return { field, value: undefined };
      field += step;
      continue;
    }
    const name = isJsonObject(at) ? Object.keys(at).find((key) => plain(key) === plain(step)) : undefined;
    if (name === undefined || !isJsonObject(at)) return { field, value: at };
    at = at[name];
    field += `.${name}`;
  }
  return { field, value: at };
}

/** Sections in which no text is out of a Secret. */
const noSecrets = /^(?:route|inhibit_rules|mute_time_intervals)/;

/** Why an object is left out of which something became that cannot be used. What may be out of a Secret is not told. */
export function explainFault({ path, message }: ConfigFault, { spec }: AlertmanagerConfig): Rejection {
  const { field, value } = findConfigField(spec, path);
  const isPublic = noSecrets.test(path) || (!isJsonObject(value) && !Array.isArray(value));
  return { reason: 'InvalidConfiguration', field, message: isPublic ? message : hideValues(message) };
}
