import { namespaceType } from '../../api/builtin-types.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { TerminalError } from '../../base/errors.ts';
import { objectKeyOf } from '../../core/assets/store.ts';
import type { ObjectReference } from '../../core/assets/store.ts';
import type { MatchedWorkload } from '../../core/kinds/render.ts';
import { listUsedKinds } from '../../core/kinds/readiness.ts';
import { noGaps } from '../../core/plan/carried-out.ts';
import type { Gaps, Surroundings } from '../../core/plan/carried-out.ts';
import type { PlanFailure } from '../../core/plan/plan-model.ts';
import { describeRefusals } from '../../core/refusal.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { LiveSources } from './live-sources.ts';

export interface Unread {
  readonly live: LiveSources;
  /** Secrets and ConfigMaps that objects refer to. */
  readonly assets: readonly Refusal[];
  /** Objects that the operator writes. */
  readonly written: readonly Refusal[];
}

/** What is not known of each workload, since it could not be read. @param workloads as they are, and as they are to be */
export function findGaps(workloads: readonly MatchedWorkload[], unread: Unread): Surroundings['gapsOf'] {
  const byName = new Map<string, MatchedWorkload[]>();
  for (const one of workloads) byName.set(nameOf(one), [...(byName.get(nameOf(one)) ?? []), one]);
  return (workload) => findGapsOf(byName.get(nameOf(workload)) ?? [], unread);
}

const nameOf = ({ kind, instance }: Pick<MatchedWorkload, 'kind' | 'instance'>): string =>
  `${kind.type.kind}/${instance.metadata.namespace ?? ''}/${instance.metadata.name ?? ''}`;

const tell = (message: string): PlanFailure => ({ side: 'unread', message });

/** @param sides the workload before and after */
function findGapsOf(sides: readonly MatchedWorkload[], { live, assets, written }: Unread): Gaps {
  const [one] = sides;
  if (one === undefined) return noGaps;
  const choices = [...new Set(sides.flatMap((side) => listUnknownChoices(side, live)))];
  if (choices.length > 0) return { failures: choices.map(tell), hides: () => true, isBlind: true };
  const lacking = sides.flatMap((side) => listLacking(side, assets));
  const own = written.filter((refusal) => isAbout(refusal, one));
  if (lacking.length + own.length === 0) return noGaps;
  const isContent = ({ kind }: KubernetesObject): boolean => kind === 'Secret' || kind === 'ConfigMap';
  const isUnread = ({ kind, metadata }: KubernetesObject): boolean =>
    own.some(({ type, name }) => type.kind === kind && name === metadata.name);
  return {
    failures: describeRefusals([...lacking, ...own]).map(tell),
    hides: (object) => (lacking.length > 0 && isContent(object)) || isUnread(object),
    isBlind: lacking.length > 0 || own.some(({ type }) => type.kind === 'Secret'),
  };
}

/** Whether an object of the workload was not to be read by its name. */
function isAbout({ verb, namespace, name }: Refusal, { kind, instance }: MatchedWorkload): boolean {
  const { namespace: own, name: instanceName = '' } = instance.metadata;
  return verb === 'get' && namespace === own && (name ?? '').includes(kind.names(instanceName).prefix);
}

/** Kinds from which it selects, and of which not all objects are known. */
function listUnknownChoices({ kind, instance }: MatchedWorkload, live: LiveSources): string[] {
  const { namespace } = instance.metadata;
  return listUsedKinds(kind, instance).flatMap(({ selected, selector, namespaceSelector }) => {
    const isWide = selector !== undefined && namespaceSelector !== undefined;
    if (!live.isKnown(selected, isWide ? undefined : namespace))
      return [`which objects of kind ${selected} it selects, since they cannot be listed`];
    return isWide && !live.isKnown(namespaceType.kind, undefined)
      ? [`which objects of kind ${selected} it selects, since Namespaces cannot be listed`]
      : [];
  });
}

/** Referred objects that the user may not read: without them others count as rejected. */
function listLacking({ match }: MatchedWorkload, assets: readonly Refusal[]): Refusal[] {
  if (match instanceof TerminalError) return [];
  const wanted = new Set(match.references.map(objectKeyOf));
  return assets.filter(({ type, namespace, name = '' }) => {
    const reference: ObjectReference = { kind: type.kind === 'Secret' ? 'Secret' : 'ConfigMap', namespace, name };
    return wanted.has(objectKeyOf(reference));
  });
}
