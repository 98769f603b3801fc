import { createSystemClock } from '../../base/clock.ts';
import { dumpYaml } from '../../base/yaml.ts';
import { arrangeExplanation } from '../../core/explain/explanation-document.ts';
import type { Explanation } from '../../core/explain/model.ts';
import { showObject } from '../../core/explain/model.ts';
import type { TextStyle } from '../../core/explain/explanation-text.ts';
import { writeText } from '../../core/explain/explanation-text.ts';
import type { ChainData } from '../../web/page/page-source.ts';
import { writeReport } from '../../web/page/views/report.ts';

type Print = (explanation: Explanation, style: TextStyle, find: ChainData['find']) => string;

/** The formats of `-o`. */
export const explainFormats: Readonly<Record<string, Print>> = {
  text: writeText,
  json: (explanation) => `${JSON.stringify(arrangeExplanation(explanation), null, 2)}\n`,
  yaml: (explanation) => dumpYaml(JSON.parse(JSON.stringify(arrangeExplanation(explanation)))),
  html: (explanation, _style, find) =>
    writeReport(
      { chains: [{ explanation, find }], notes: [] },
      { place: showObject(explanation.subject), asOf: createSystemClock().now(), medium: 'file' },
    ),
};
