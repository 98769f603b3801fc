import type { ConfigResourceCondition, ConfigResourceStatus, WorkloadBinding } from '../../api/parts/status.ts';
import { equalJson } from '../../base/json.ts';

/** The workload that a binding speaks of. */
export type WorkloadReference = Pick<WorkloadBinding, 'group' | 'resource' | 'namespace' | 'name'>;

/** Whether the workload took the object, and if not, why not in words for people. */
export type Acceptance = { readonly accepted: true } | { readonly accepted: false; readonly message: string };

/** What is said of the targets of an object. */
export interface BoundScraping {
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** What a binding is written from. */
export interface BindingInput {
  /** The status that the object has now. */
  readonly before: ConfigResourceStatus | undefined;
  readonly workload: WorkloadReference;
  readonly acceptance: Acceptance;
  /** Of its targets; `keep`: what stands there; undefined: nothing is said. */
  readonly scraping?: BoundScraping | 'keep' | undefined;
  /** metadata.generation of the object that was judged. */
  readonly generation: number | undefined;
  /** RFC 3339, whole seconds. */
  readonly now: string;
}

/** There is but one group, so it tells nothing apart. */
function isFor(binding: WorkloadBinding, { resource, namespace, name }: WorkloadReference): boolean {
  return binding.resource === resource && binding.namespace === namespace && binding.name === name;
}

const findCondition = (
  binding: WorkloadBinding | undefined,
  type: ConfigResourceCondition['type'],
): ConfigResourceCondition | undefined => binding?.conditions?.find((one) => one.type === type);

/** None for an object that is not used, or of which nothing is to be said. */
function renderScraping(
  { acceptance, scraping, now }: BindingInput,
  last: ConfigResourceCondition | undefined,
): ConfigResourceCondition[] {
  if (!acceptance.accepted || scraping === undefined) return [];
  if (scraping === 'keep') return last === undefined ? [] : [last];
  const lastTransitionTime = last?.status === scraping.status ? last.lastTransitionTime : now;
  return [{ type: 'Scraping', ...scraping, lastTransitionTime }];
}

/** The transition is dated anew only when the status is another: a new generation alone is no transition. */
function renderCondition(
  { acceptance, generation, now }: BindingInput,
  last: ConfigResourceCondition | undefined,
): ConfigResourceCondition {
  const status = acceptance.accepted ? 'True' : 'False';
  const why = acceptance.accepted ? {} : { reason: 'InvalidConfiguration', message: acceptance.message };
  return {
    type: 'Accepted',
    status,
    ...why,
    lastTransitionTime: last?.status === status ? last.lastTransitionTime : now,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
  };
}

/**
 * The bindings of a config object after a workload judged it, or "unchanged" when there is nothing to write
 * (docs/reference/operator-runtime.md 2.8). Bindings of other workloads stay as they are, in their order.
 */
export function bindWorkload(input: BindingInput): readonly WorkloadBinding[] | 'unchanged' {
  const { before, workload } = input;
  const bindings = before?.bindings ?? [];
  const index = bindings.findIndex((binding) => isFor(binding, workload));
  const last = bindings[index];
  const conditions = [
    renderCondition(input, findCondition(last, 'Accepted')),
    ...renderScraping(input, findCondition(last, 'Scraping')),
  ];
  const { group, resource, namespace, name } = workload;
  const next = { group, resource, namespace, name, conditions };
  if (last === undefined) return [...bindings, next];
  return equalJson(last, next) ? 'unchanged' : bindings.with(index, next);
}

/** The bindings without the workload's, which selects the object no longer; "unchanged" when it has none. */
export function unbindWorkload(
  before: ConfigResourceStatus | undefined,
  workload: WorkloadReference,
): readonly WorkloadBinding[] | 'unchanged' {
  const bindings = before?.bindings ?? [];
  const rest = bindings.filter((binding) => !isFor(binding, workload));
  return rest.length === bindings.length ? 'unchanged' : rest;
}
