import { readFileSync } from 'node:fs';
import { groupBy } from '../../src/base/group-by.ts';
import { apiServerCases, controllerCases } from '../../test/contract/all-cases.ts';
import { knownDifferences, missingParts } from '../../test/contract/known-differences.ts';
import { steps } from '../../test/contract/kubectl/steps.ts';
import type { Step } from '../../test/contract/kubectl/steps.ts';
import type { Output } from './output.ts';

/** "apply: the same again is 200" */
function splitName(name: string): readonly [topic: string, sentence: string] {
  const at = name.indexOf(': ');
  return [name.slice(0, at), name.slice(at + 2)];
}

function listTopics(names: readonly string[]): string[] {
  const topics = groupBy(names.map(splitName), ([topic]) => topic);
  return [...topics].flatMap(([topic, cases]) => [
    `### ${topic} (${cases.length})`,
    '',
    ...cases.map(([, sentence]) => `- ${escape(sentence)}`),
    '',
  ]);
}

/** Characters that Markdown reads as more than themselves. */
const escape = (text: string): string => text.replaceAll(/[\\`*_<>|[\]]/g, '\\$&');

const describeStep = ({ args, differs }: Step): string =>
  `- \`kubectl ${args.join(' ').replaceAll('`', "'")}\`${differs === undefined ? '' : `: **differs**, ${differs}`}`;

const namesOf = (cases: typeof apiServerCases): string[] => cases.map(({ name }) => name);

/** docs/sandbox.md: what of the sandbox is equal to the real server, by the cases that say so. */
export const sandboxDocsOutput: Output = {
  path: 'docs/sandbox.md',
  render: () => {
    const head = readFileSync(new URL('./sandbox-head.md', import.meta.url), 'utf8');
    const total = apiServerCases.length + controllerCases.length;
    const differences = knownDifferences.map(({ name, reason }) => `- ${escape(name)}: ${escape(reason)}`);
    return [
      head,
      `## What is not there\n\n${missingParts.map((one) => `- ${one}`).join('\n')}\n`,
      `## Cases that differ: ${differences.length} of ${total}\n`,
      ...(differences.length === 0 ? [] : [`${differences.join('\n')}\n`]),
      `## kubectl: ${steps.length} steps\n`,
      'kubectl prints the same on both, but for ages, times, uids and addresses:\n',
      `${steps.map(describeStep).join('\n')}\n`,
      `## The API server: ${apiServerCases.length} cases\n`,
      ...listTopics(namesOf(apiServerCases)),
      `## Controllers and a kubelet: ${controllerCases.length} cases\n`,
      ...listTopics(namesOf(controllerCases)),
    ]
      .join('\n')
      .replace(/\n+$/, '\n');
  },
};
