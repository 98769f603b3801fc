import { listSome } from '../../base/list-some.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Monitor, MonitorKind } from '../monitor.ts';
import type { WorkloadObject } from '../kinds/kind.ts';
import type { SelectedKind } from '../select/selected-kinds.ts';
import type { LabelSet } from '../relabel/label-set.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';
import type { PodObject } from '../targets/groups/discovered-objects.ts';
import type { KubernetesSdConfig } from '../targets/sd-config.ts';
import type { DiscoveredTarget, TargetPool } from '../targets/target-pool.ts';
import { buildTargetUrl } from '../targets/target-url.ts';
import type { ExplainFacts, Question } from './facts.ts';
import type { Link } from './reasons.ts';
import type { ObjectName, Step, Verdict } from './model.ts';
import type { RenderedJob, WorkloadView } from './workload-view.ts';

/** One object as one workload may select it. */
export interface SelectionCase {
  readonly facts: ExplainFacts;
  /** The workload. */
  readonly view: { readonly name: ObjectName; readonly object: WorkloadObject };
  readonly kind: SelectedKind;
  /** The object that may be selected. */
  readonly monitor: KubernetesObject;
  readonly name: ObjectName;
}

/** One monitor as one workload may scrape it. */
export interface MonitorCase extends SelectionCase {
  readonly question: Question;
  readonly view: WorkloadView;
  readonly kind: MonitorKind;
  readonly monitor: Monitor;
  /** Cuts the targets down to those that were asked about; absent: all. */
  readonly focus?: TargetFocus | undefined;
  /** The Pods that were asked about; absent: all that the Services select. */
  readonly pods?: readonly PodObject[] | undefined;
}

/** Which targets a question is about, by the labels they were discovered with. */
export type TargetFocus = (discovered: LabelSet) => boolean;

/** What became of one discovered target of the job. */
export type CandidateOutcome =
  | { readonly kind: 'active'; readonly url: string; readonly labels: LabelSet }
  | { readonly kind: 'dropped'; readonly rule: number; readonly origin: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly message: string };

/** Most are dropped, and nobody looks at the labels that they were discovered with: those are put together when they are asked for. */
export class Candidate {
  readonly target: DiscoveredTarget;
  readonly outcome: CandidateOutcome;
  readonly #pool: TargetPool;
  #discovered: LabelSet | undefined;

  constructor(pool: TargetPool, target: DiscoveredTarget, outcome: CandidateOutcome) {
    this.#pool = pool;
    this.target = target;
    this.outcome = outcome;
  }

  get discovered(): LabelSet {
    this.#discovered ??= this.#pool.describeDiscovered(this.target);
    return this.#discovered;
  }
}

/** One endpoint of the monitor: its job, and what was discovered for it. Shards are taken together. */
export interface JobCase extends MonitorCase {
  readonly job: RenderedJob;
  readonly loaded: LoadedJob;
  readonly pool: TargetPool;
  readonly candidates: readonly Candidate[];
  /** The URLs that each shard scrapes by its own configuration; worked out at the first call. */
  readonly listShards: () => ReadonlyMap<number, readonly string[]>;
}

/** Puts together what one job discovered. */
export function listCandidates(pool: TargetPool, origins: readonly string[], focus?: TargetFocus): Candidate[] {
  const { active, dropped, failed } = pool.list();
  const drops = origins.map((origin, rule): CandidateOutcome => ({ kind: 'dropped', rule, origin }));
  const all = [
    ...active.flatMap(({ labels, discovered }) => {
      const url = buildTargetUrl(pool.compiled.job, labels);
      return discovered.map((target) => new Candidate(pool, target, { kind: 'active', url, labels }));
    }),
    ...dropped.map(
      (one) => new Candidate(pool, one, drops[one.rule] ?? { kind: 'dropped', rule: one.rule, origin: '' }),
    ),
    ...failed.map((one) => {
      const { reason, message } = one.failure;
      return new Candidate(pool, one, { kind: 'failed', reason, message });
    }),
  ];
  return focus === undefined ? all : all.filter(({ discovered }) => focus(discovered));
}

const linkPatterns: readonly (readonly [RegExp, Link])[] = [
  [/^spec\.(?:selector|targets\.ingress\.selector)\b/, 'objects'],
  [/\.(?:port|portNumber|targetPort)$/, 'port'],
  [/\.filterRunning$/, 'endpoints'],
  [/^workload\.spec\.shard/, 'shard'],
];

/** The link of the chain that a rule belongs to, by the field that asked for it. */
export function linkOfRule(origin: string): Link {
  return linkPatterns.find(([pattern]) => pattern.test(origin))?.[1] ?? 'relabelling';
}

/** The candidates that a rule of one of these links did not drop. */
export function passLinks(candidates: readonly Candidate[], ...passed: readonly Link[]): Candidate[] {
  return candidates.filter(({ outcome }) => outcome.kind !== 'dropped' || !passed.includes(linkOfRule(outcome.origin)));
}

/** The URLs that are scraped, each once. */
export function listUrls(candidates: readonly Candidate[]): string[] {
  return [...new Set(candidates.flatMap(({ outcome }) => (outcome.kind === 'active' ? [outcome.url] : [])))];
}

/** The Kubernetes discovery of a job; monitors have one at most. */
export function kubernetesOf({ discovery }: LoadedJob): KubernetesSdConfig | undefined {
  return discovery.find((one) => one.mechanism === 'kubernetes');
}

/** A step; what is left out is empty. */
export function makeStep(
  link: Link,
  verdict: Verdict,
  { reason, ...rest }: Partial<Step> & Pick<Step, 'object' | 'reason'>,
): Step {
  return { link, verdict, reason, at: '', compared: '', found: '', fixes: [], ...rest };
}

/** The step of a link that only running programs can tell of, where none is to be asked. */
export const skipUnasked = (link: Link, object: ObjectName): Step =>
  makeStep(link, 'skipped', { reason: 'NotAsked', object, compared: 'not asked' });

export const plural = (count: number, word: string): string =>
  `${count} ${count === 1 ? word : /[sx]$/.test(word) ? `${word}es` : `${word}s`}`;

/** What keeps replicas from telling, of the first few. @param nobody where there is none to ask */
export function showProblems(
  replicas: readonly { readonly name: string; readonly problem?: string }[],
  nobody = 'there is no running replica',
): string {
  const told = replicas.map(({ name, problem = 'no answer' }) => `${name}: ${problem}`);
  return told.length === 0 ? nobody : listSome(told, 2);
}
