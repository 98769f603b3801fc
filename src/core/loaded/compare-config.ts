import { createHash } from 'node:crypto';
import { complete } from '../../base/interruptible.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { YamlError, parseYamlVerbatim } from '../../base/yaml.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { asMapping, isList } from '../prometheus-config/values.ts';
import { findDifference } from './compare-values.ts';
import type { CompareContext } from './compare-values.ts';
import { cutConfig, nameOfJob } from './config-parts.ts';
import type { ConfigParts } from './config-parts.ts';
import { serveAsRunning } from './served-as-running.ts';
import type { Variables } from './same-scalar.ts';

/** What comparing one configuration again finds done: of each job as it was written, by its digest, how it was printed and found the same. */
export type KnownJobs = Map<string, string>;

export interface ComparedConfig {
  /** As it stands in the Secret. */
  readonly written: string;
  /** As `/api/v1/status/config` prints it. */
  readonly running: string;
  /** What the config-reloader of the replica puts in. */
  readonly variables: Variables;
  /** Jobs that were found the same are not read again; what is no longer there is forgotten. */
  readonly known: KnownJobs;
}

/** `place` says where the first difference is, for people: no value is in it, since values may be secret. */
export type ConfigComparison = { readonly same: true } | { readonly same: false; readonly place: string };

const same: ConfigComparison = { same: true };
const differsAt = (place: string): ConfigComparison => ({ same: false, place });

/**
 * Whether a Prometheus runs what was written: everything that was written is in what it prints, and what it prints besides is what it
 * does without being told. It ends at the first difference. It may rest behind each job.
 *
 * Not seen: other contents of what Prometheus masks (passwords, tokens, URLs' passwords), and the contents of files.
 */
export function* compareConfig({
  written,
  running,
  variables,
  known,
}: ComparedConfig): Interruptible<ConfigComparison> {
  const wanted = yield* cutConfig(written);
  const found = yield* cutConfig(running);
  const global = asMapping(readSection(found, 'global'), 'global');
  for (const key of new Set([...wanted.sections.keys(), ...found.sections.keys()])) {
    const [one, other] = [readSection(wanted, key), readSection(found, key)];
    const difference = findDifference({ [key]: one }, { [key]: other }, { section: key, global, variables });
    if (difference !== undefined) return differsAt(difference);
    yield;
  }
  return yield* compareJobs(
    { wanted: wanted.jobs, found: found.jobs, known },
    { section: 'scrape_configs', global, variables },
  );
}

/** @throws {YamlError} */
function readSection({ sections }: ConfigParts, key: string): YamlValue {
  const text = sections.get(key);
  return text === undefined ? null : (asMapping(parseYamlVerbatim(text), key)[key] ?? null);
}

interface Jobs {
  readonly wanted: readonly string[];
  readonly found: readonly string[];
  readonly known: KnownJobs;
}

function* compareJobs({ wanted, found, known }: Jobs, context: CompareContext): Interruptible<ConfigComparison> {
  const settled: (readonly [string, string])[] = [];
  const shared = digest(JSON.stringify([context.global, context.variables]));
  for (const [at, job] of wanted.entries()) {
    const running = found[at];
    if (running === undefined || nameOfJob(job) !== nameOfJob(running))
      return explainOrder(job, { wanted, found, running });
    const [id, print] = [shared + digest(job), digest(running)];
    if (known.get(id) !== print) {
      const difference = compareJob(job, running, context);
      if (difference !== undefined)
        return differsAt(`job "${nameOfJob(job)}"${difference === '' ? '' : ` ${difference}`}`);
    }
    settled.push([id, print]);
    yield;
  }
  const [further] = found.slice(wanted.length);
  if (further !== undefined) return differsAt(`job "${nameOfJob(further)}", which is not written any more`);
  known.clear();
  for (const [id, print] of settled) known.set(id, print);
  return same;
}

/** Jobs stand in what is printed as they were written: in the same order. */
function explainOrder(
  job: string,
  { wanted, found, running }: Pick<Jobs, 'wanted' | 'found'> & { readonly running: string | undefined },
): ConfigComparison {
  const name = nameOfJob(job);
  if (!found.some((one) => nameOfJob(one) === name)) return differsAt(`job "${name}", which is missing`);
  const other = running === undefined ? '' : nameOfJob(running);
  if (!wanted.some((one) => nameOfJob(one) === other))
    return differsAt(`job "${other}", which is not written any more`);
  return differsAt(`the order of its jobs: "${name}" stands elsewhere`);
}

function compareJob(written: string, running: string, context: CompareContext): string | undefined {
  return findDifference(readItem(written), readItem(running), context);
}

/** A configuration in force, whose jobs are looked up one by one. */
export interface RunningConfig {
  readonly global: CompareContext['global'];
  /** By name, as texts of YAML. */
  readonly jobs: ReadonlyMap<string, string>;
}

/** @throws {YamlError} for what cannot be read. */
export function* openRunning(yaml: string): Interruptible<RunningConfig> {
  const parts = yield* cutConfig(yaml);
  return { global: asMapping(readSection(parts, 'global'), 'global'), jobs: mapJobs(parts) };
}

/** The first of each name. */
const mapJobs = ({ jobs }: ConfigParts): ReadonlyMap<string, string> =>
  new Map(jobs.toReversed().map((job) => [nameOfJob(job), job]));

interface NamedJob extends Pick<ComparedConfig, 'written' | 'variables'> {
  readonly name: string;
}

/**
 * Whether a Prometheus runs one job as it was written; undefined: it has no such job. Of one that asks the discovery service, `written` may have
 * its own discovery: all but that is compared. Cost follows what was written: that should be the jobs of one monitor.
 * @throws {YamlError} for what cannot be read.
 */
export function compareNamedJob(
  { written, variables, name }: NamedJob,
  { global, jobs }: RunningConfig,
): ConfigComparison | undefined {
  const running = jobs.get(name);
  if (running === undefined) return undefined;
  const own = mapJobs(complete(cutConfig(written))).get(name);
  const context = { section: 'scrape_configs', global, variables };
  const place = own === undefined ? '' : compareNamed(readItem(own), readItem(running), context);
  return place === undefined ? same : differsAt(place);
}

const compareNamed = (written: YamlValue, running: YamlValue, context: CompareContext): string | undefined =>
  findDifference(serveAsRunning(written, running), running, context);

/** @throws {YamlError} */
function readItem(text: string): YamlValue {
  const list = parseYamlVerbatim(text);
  const [item] = isList(list) ? list : [];
  if (item === undefined) throw new YamlError('Cannot read the configuration: a job is no item of a list');
  return item;
}

const digest = (text: string): string => createHash('sha1').update(text).digest('base64');
