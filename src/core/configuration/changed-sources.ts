import { changesKept } from '../limits.ts';
import { monitorKinds } from '../monitor.ts';
import { joinWritten } from '../render/prometheus/config/fragment.ts';
import type { Configuration, JobsSource, PartSource } from './configuration.ts';
import { listJobSources } from './configuration.ts';

/** A part that came, went or is another one. */
export interface PartChange {
  readonly before?: PartSource;
  readonly after?: PartSource;
}

/** What was done to a configuration at once. */
export interface ConfigurationChange {
  /** Some of them, where there are many. */
  readonly parts: readonly PartChange[];
  readonly total: number;
}

/**
 * What differs between two configurations of one workload; undefined: nothing. It costs next to nothing where little does: the
 * jobs of a monitor that has not changed are the same object.
 */
export function findConfigurationChange(before: Configuration, after: Configuration): ConfigurationChange | undefined {
  const found = [...compareOwn(before, after), ...compareJobs(before, after)];
  return found.length === 0 ? undefined : { parts: found.slice(0, changesKept), total: found.length };
}

const keyOfOwn = (source: PartSource): string => (source.kind === 'section' ? source.name : source.kind);

const textOfOwn = (source: PartSource): string => ('text' in source ? source.text : JSON.stringify(source));

function compareOwn(before: Configuration, after: Configuration): PartChange[] {
  const known = new Map(before.own.map((source) => [keyOfOwn(source), source]));
  const changes = after.own.flatMap((source): PartChange[] => {
    const earlier = known.get(keyOfOwn(source));
    known.delete(keyOfOwn(source));
    if (earlier === undefined) return [{ after: source }];
    return textOfOwn(earlier) === textOfOwn(source) ? [] : [{ before: earlier, after: source }];
  });
  return [...changes, ...[...known.values()].map((source) => ({ before: source }))];
}

function compareJobs(before: Configuration, after: Configuration): PartChange[] {
  if (areUntouched(before, after)) return [];
  const known = new Map(listJobSources(before).map((source) => [source.fragment.key, source]));
  const changes = listJobSources(after).flatMap((source): PartChange[] => {
    const earlier = known.get(source.fragment.key);
    known.delete(source.fragment.key);
    if (earlier === undefined) return [{ after: source }];
    return isSameText(earlier, source) ? [] : [{ before: earlier, after: source }];
  });
  return [...changes, ...[...known.values()].map((source) => ({ before: source }))];
}

const areUntouched = ({ scraping: before }: Configuration, { scraping: after }: Configuration): boolean =>
  monitorKinds.every((kind) => {
    const [earlier, later] = [before?.fragments[kind] ?? [], after?.fragments[kind] ?? []];
    return earlier.length === later.length && earlier.every((one, at) => one === later[at]);
  });

const isSameText = ({ fragment: a }: JobsSource, { fragment: b }: JobsSource): boolean =>
  a === b || joinWritten([a]) === joinWritten([b]);
