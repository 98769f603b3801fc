import { dumpYaml } from '../../base/yaml.ts';
import { arrangeExplanation } from '../../core/explain/explanation-document.ts';
import type { Explanation } from '../../core/explain/model.ts';
import type { TextStyle } from '../../core/explain/explanation-text.ts';
import { writeText } from '../../core/explain/explanation-text.ts';

/** The formats of `-o`. */
export const explainFormats: Readonly<Record<string, (explanation: Explanation, style: TextStyle) => string>> = {
  text: writeText,
  json: (explanation) => `${JSON.stringify(arrangeExplanation(explanation), null, 2)}\n`,
  yaml: (explanation) => dumpYaml(JSON.parse(JSON.stringify(arrangeExplanation(explanation)))),
};
