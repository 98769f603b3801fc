import { LabelBuilder } from '../relabel/label-builder.ts';
import { LabelSet } from '../relabel/label-set.ts';
import type { CompiledRule } from '../relabel/compile-rules.ts';
import type { PooledTarget, TargetPool } from '../targets/target-pool.ts';
import type { ServedForm } from './choose-form.ts';

/** One group as `http_sd_configs` reads it (Prometheus' documentation, "HTTP SD"). Each target is a group: its labels are its own. */
export interface ServedGroup {
  readonly targets: readonly [string];
  readonly labels: Readonly<Record<string, string>>;
}

/** What makes an answer of the targets of a job. */
export type Serve = (target: PooledTarget) => ServedGroup;

/** How the targets of a pool are written in that form. */
export function createServe(form: ServedForm, { compiled }: TargetPool): Serve {
  // What a target has as its job has it, Prometheus fills in from the job.
  if (form === 'final') return ({ labels }) => toGroup(LabelSet.ofPairs(labels.ownPairs).toMap());
  const isRead = createReadTest(compiled.rules);
  return ({ discovered }) => {
    const one = discovered.at(-1);
    const labels = new Map<string, string>();
    const target = one?.group.targets[one.index];
    if (one === undefined || target === undefined) return toGroup(labels);
    const layers = new LabelBuilder({ target, group: one.group.labels });
    for (const [name, value] of layers.toMap())
      if (!name.startsWith('__meta_') || isRead(name)) labels.set(name, value);
    return toGroup(labels);
  };
}

const addressLabel = '__address__';

function toGroup(labels: Map<string, string>): ServedGroup {
  const address = labels.get(addressLabel) ?? '';
  labels.delete(addressLabel);
  return { targets: [address], labels: Object.fromEntries(labels) };
}

/** Which labels rules read; where they map names, all names that they map. */
function createReadTest(rules: readonly CompiledRule[]): (name: string) => boolean {
  const names = new Set<string>();
  for (const { rule } of rules) {
    for (const name of rule.sourceLabels) names.add(name);
    if (rule.action === 'keepequal' || rule.action === 'dropequal') names.add(rule.targetLabel);
  }
  const maps = rules.flatMap(({ rule, regexp }) =>
    rule.action === 'labelmap' && regexp !== undefined ? [regexp] : [],
  );
  return (name) => names.has(name) || maps.some((regexp) => regexp.matches(name));
}

/** Where a target's node is found, by what it was discovered from. */
const nodeLabels = [
  '__meta_kubernetes_pod_node_name',
  '__meta_kubernetes_endpointslice_endpoint_node_name',
  '__meta_kubernetes_endpoint_node_name',
  '__meta_kubernetes_node_name',
] as const;

/** The node that a target runs on, or is; undefined when nothing says so. */
export function findNode({ discovered }: PooledTarget): string | undefined {
  const one = discovered.at(-1);
  const target = one?.group.targets[one.index];
  if (one === undefined || target === undefined) return undefined;
  const labels = new LabelBuilder({ target, group: one.group.labels });
  return nodeLabels.map((name) => labels.get(name)).find((value) => value !== '');
}
