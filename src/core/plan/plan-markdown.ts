import { describeRefused, renderWorkloadPlan } from './plan-text.ts';
import { describePlan, describePods } from './plan-words.ts';
import type { Plan, WorkloadPlan } from './plan-model.ts';

/** The plan for a comment on a merge request: the answer, a table of workloads, and what changes folded up. */
export function renderPlanMarkdown(plan: Plan): string {
  const changed = plan.workloads.filter(({ action }) => action !== 'none');
  const blocks = [
    `### ${plan.summary.isDisruptive ? '⚠️ ' : ''}${escapeText(describePlan(plan))}`,
    ...(plan.refused ?? []).map((one) => `- ${escapeText(describeRefused(one).trim())}`),
    ...(plan.unread ?? []).map((text) => `- unread: ${escapeText(text)}`),
    ...(changed.length === 0 ? [] : [renderTable(changed)]),
    ...changed.map(foldUp),
    ...plan.services.map(({ action, namespace, name }) => `Service ${escapeText(`${namespace}/${name}`)}: ${action}`),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function renderTable(workloads: readonly WorkloadPlan[]): string {
  const rows = workloads.map((one) => {
    const isNothing = one.action === 'unknown' && one.objects.length === 0;
    const pods = isNothing ? 'nothing is planned' : describePods(one).join('; ');
    return `| ${nameWorkload(one)} | ${one.action} | ${escapeText(pods)} |`;
  });
  return ['| workload | action | pods |', '|---|---|---|', ...rows].join('\n');
}

const nameWorkload = ({ kind, namespace, name }: WorkloadPlan): string => escapeText(`${kind} ${namespace}/${name}`);

/** The fence is longer than any that users have written into a value. */
function foldUp(workload: WorkloadPlan): string {
  const text = renderWorkloadPlan(workload);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `<details><summary>${nameWorkload(workload)}</summary>\n\n${fence}\n${text}\n${fence}\n\n</details>`;
}

/** What Markdown and HTML would take for their own. */
const escapeText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\|`*_[\]]/g, (sign) => `\\${sign}`);
