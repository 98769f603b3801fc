import { isJsonObject } from '../../../../base/json.ts';

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** The steps of a path such as "receivers[0].slack_configs[1].api_url". */
const stepsOf = (path: string): readonly string[] => path.match(/\[\d+\]|[^.[\]]+/g) ?? [];

/**
 * The field of an AlertmanagerConfig behind a place in what was made of it: as far down as names go together, such as
 * "spec.receivers[0].slackConfigs[1].apiURL".
 */
export function nameConfigField(spec: unknown, path: string): string {
  let at = spec;
  let field = 'spec';
  for (const step of stepsOf(path)) {
    if (step.startsWith('[')) {
      const items: readonly unknown[] = Array.isArray(at) ? at : [];
      at = items[Number(step.slice(1, -1))];
      if (at === undefined) return field;
      field += step;
      continue;
    }
    const name = isJsonObject(at) ? Object.keys(at).find((key) => plain(key) === plain(step)) : undefined;
    if (name === undefined || !isJsonObject(at)) return field;
    at = at[name];
    field += `.${name}`;
  }
  return field;
}
