import { dumpYaml } from '../../base/yaml.ts';
import { arrangeExplanation } from '../../core/explain/document.ts';
import type { Explanation } from '../../core/explain/model.ts';
import type { TextStyle } from '../../core/explain/text.ts';
import { writeText } from '../../core/explain/text.ts';

/** The formats of `-o`. */
export const explainFormats: Readonly<Record<string, (explanation: Explanation, style: TextStyle) => string>> = {
  text: writeText,
  json: (explanation) => `${JSON.stringify(arrangeExplanation(explanation), null, 2)}\n`,
  yaml: (explanation) => dumpYaml(JSON.parse(JSON.stringify(arrangeExplanation(explanation)))),
};
