import { dumpYaml } from '../../base/yaml.ts';
import type { Explanation } from '../../core/explain/model.ts';
import type { TextStyle } from './text.ts';
import { writeText } from './text.ts';

/** The formats of `-o`. */
export const explainFormats: Readonly<Record<string, (explanation: Explanation, style: TextStyle) => string>> = {
  text: writeText,
  json: (explanation) => `${JSON.stringify(arrange(explanation), null, 2)}\n`,
  yaml: (explanation) => dumpYaml(JSON.parse(JSON.stringify(arrange(explanation)))),
};

/** For machines: what decides first, then the chain that it is about, then those of other workloads and endpoints. */
function arrange({ chains, fixes, notes, ...rest }: Explanation): object {
  const [primary, ...others] = chains;
  if (primary === undefined) return { ...rest, fixes, notes };
  const { steps, ...about } = primary;
  return { ...rest, ...about, chain: steps, fixes, others, notes };
}
