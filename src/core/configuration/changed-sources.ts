import { changesKept } from '../limits.ts';
import { listMonitors } from '../monitor.ts';
import type { Monitor, MonitorKind } from '../monitor.ts';
import { joinWritten, makeFragments } from '../render/prometheus/config/fragment.ts';
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
  const known = new Map(listBetween(before, after).map((source) => [source.fragment.key, source]));
  const changes = listBetween(after, before).flatMap((source): PartChange[] => {
    const earlier = known.get(source.fragment.key);
    known.delete(source.fragment.key);
    if (earlier === undefined) return [{ after: source }];
    return isSameText(earlier, source) ? [] : [{ before: earlier, after: source }];
  });
  return [...changes, ...[...known.values()].map((source) => ({ before: source }))];
}

/** The jobs of the first, without those that both begin and end with: of one change among thousands of monitors next to nothing is left. */
function listBetween(configuration: Configuration, { scraping: other }: Configuration): JobsSource[] {
  const { scraping } = configuration;
  if (scraping === undefined || other === undefined) return listJobSources(configuration);
  const cut = <T>(kind: MonitorKind, list: readonly T[]): readonly T[] => {
    const [own, others] = [scraping.fragments[kind], other.fragments[kind]];
    const start = countSame(own, others, (_, at) => at);
    const most = Math.min(own.length, others.length) - start;
    const end = countSame(own.slice(start), others.slice(start), ({ length }, at) => length - 1 - at);
    return list.slice(start, list.length - Math.min(end, most));
  };
  const selected = listMonitors((kind) => cut<Monitor>(kind, scraping.selected[kind]));
  const fragments = makeFragments((kind) => cut(kind, scraping.fragments[kind]));
  return listJobSources({ ...configuration, scraping: { ...scraping, selected, fragments } });
}

/** How many are the same object, from the place on that `indexOf` gives for 0. */
function countSame<T>(a: readonly T[], b: readonly T[], indexOf: (list: readonly T[], at: number) => number): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count < most && a[indexOf(a, count)] === b[indexOf(b, count)]) count += 1;
  return count;
}

const isSameText = ({ fragment: a }: JobsSource, { fragment: b }: JobsSource): boolean =>
  a === b || joinWritten([a]) === joinWritten([b]);
