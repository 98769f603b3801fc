import { dirname } from 'node:path';
import { parseYamlVerbatim } from '../../base/yaml.ts';
import type { Version } from '../../base/version.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';
import type { ConfigPlace, ReadFile } from './config-files.ts';
import { joinFolder, placeJob } from './config-files.ts';
import { createLoadContext } from './load-context.ts';
import { readScrapeConfig } from './read-job.ts';
import { readSections, scrapeConfigs } from './sections.ts';
import { Fields, describe, keysOf, readShape } from './shape.ts';
import { ConfigError, asMapping } from './values.ts';
import type { LoadedAlerting } from './workload-shapes.ts';

/** What of a prometheus.yml decides about targets and alerts. */
export interface LoadedConfig {
  /** Those of the file itself, then those of `scrape_config_files`, where a place to read them was given. */
  readonly jobs: readonly LoadedJob[];
  /** Paths and patterns of further files with scrape configs; joined to the folder where one was given. */
  readonly scrapeConfigFiles: readonly string[];
  readonly alerting: LoadedAlerting;
  /** Of everything that leaves this Prometheus, alerts among it; variables of the environment are not put in. */
  readonly externalLabels: ReadonlyMap<string, string>;
}

/**
 * Reads a prometheus.yml as that version of Prometheus does.
 *
 * @param place where the file lies; without it paths stay as they are and `scrape_config_files` are not read.
 * @throws {ConfigError | YamlError} for what Prometheus refuses, the first fault (docs/reference/discovery.md 6.5).
 */
export function loadPrometheusConfig(text: string, version: Version, place?: ConfigPlace): LoadedConfig {
  const document = parseYamlVerbatim(text);
  const context = createLoadContext(version, readScheme(document));
  const { global, alerting, scrapeConfigs, scrapeConfigFiles: patterns } = readSections(document, context);
  const { externalLabels } = global;
  const read = (value: YamlValue): LoadedJob => readScrapeConfig(value, global, context);
  const readFile = (text: string): LoadedJob[] => readShape(parseYamlVerbatim(text), includedShape, context).map(read);
  const jobs = scrapeConfigs.map(read);
  const names = new JobNames();
  for (const { job } of jobs) names.add(job.jobName, 'main config file');
  if (place === undefined) return { jobs, scrapeConfigFiles: patterns, alerting, externalLabels };
  const scrapeConfigFiles = patterns.map((pattern) => joinFolder(place.folder, pattern));
  const included = scrapeConfigFiles
    .flatMap((pattern) => place.expand(pattern))
    .flatMap((file) => readIncluded(file, readFile, names));
  const placed = jobs.map((job) => placeJob(job, place.folder));
  return { jobs: [...placed, ...included], scrapeConfigFiles, alerting, externalLabels };
}

/** By what `global` wants names of labels to be, rules in all sections are judged. */
const readScheme = (document: YamlValue): NameScheme =>
  new Fields(asMapping(document, 'config.plain')).inside('global').text('metric_name_validation_scheme') === 'legacy'
    ? 'legacy'
    : 'utf8';

const includedShape = describe('config.ScrapeConfigs', {
  keys: keysOf(scrapeConfigs, 'scrape_configs'),
  read: (values) => values.scrape_configs ?? [],
});

/** Which jobs were seen, and where; no name may come twice. */
class JobNames {
  readonly #places = new Map<string, string>();

  /** @throws {ConfigError} with Prometheus' message. */
  add(name: string, place: string): void {
    const first = this.#places.get(name);
    if (first !== undefined) {
      const where = place === first ? '' : `, first found in ${first}`;
      throw new ConfigError(`found multiple scrape configs with job name "${name}"${where}`);
    }
    this.#places.set(name, place);
  }
}

/** The jobs of one of `scrape_config_files`. @throws {ConfigError} with the file's path before Prometheus' message. */
function readIncluded({ path, text }: ReadFile, read: (text: string) => LoadedJob[], names: JobNames): LoadedJob[] {
  try {
    const jobs = read(text);
    for (const { job } of jobs) names.add(job.jobName, `"${path}"`);
    return jobs.map((job) => placeJob(job, dirname(path)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError(`"${path}": ${error.message}`, { cause: error });
  }
}
