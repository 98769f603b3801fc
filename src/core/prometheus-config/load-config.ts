import { dirname } from 'node:path';
import { parseYamlVerbatim } from '../../base/yaml.ts';
import type { Version } from '../../base/version.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { checkDocument } from './config-check.ts';
import type { ConfigPlace, ReadFile } from './config-files.ts';
import { joinFolder, placeJob } from './config-files.ts';
import { readGlobalConfig } from './global-config.ts';
import { readScrapeConfig } from './scrape-config.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';
import { Section } from './section.ts';
import { ConfigError } from './values.ts';

/** Sections that do not decide about targets; what they hold has been checked before. */
const ignoredKeys = ['runtime', 'alerting', 'rule_files', 'storage', 'tracing', 'remote_write', 'remote_read', 'otlp'];

/** What of a prometheus.yml decides about targets. */
export interface LoadedConfig {
  /** Those of the file itself, then those of `scrape_config_files`, where a place to read them was given. */
  readonly jobs: readonly LoadedJob[];
  /** Paths and patterns of further files with scrape configs; joined to the folder where one was given. */
  readonly scrapeConfigFiles: readonly string[];
}

/**
 * Reads a prometheus.yml as that version of Prometheus does.
 *
 * @param place where the file lies; without it paths stay as they are and `scrape_config_files` are not read.
 * @throws {ConfigError | YamlError} for what Prometheus refuses, the first fault (docs/reference/discovery.md 6.5).
 */
export function loadPrometheusConfig(text: string, version: Version, place?: ConfigPlace): LoadedConfig {
  const document = parseYamlVerbatim(text);
  const check = checkDocument(document, version);
  const section = new Section(document, 'config.plain');
  const global = readGlobalConfig(section.section('global', 'config.plain') ?? new Section(null, 'config.plain'));
  const read = (value: YamlValue): LoadedJob => {
    check(value);
    return readScrapeConfig(value, global, version);
  };
  const jobs = (section.list('scrape_configs') ?? []).map(read);
  const patterns = version.isAtLeast('2.43.0') ? readPatterns(section) : [];
  section.ignore(...ignoredKeys);
  section.finish();
  const names = new JobNames();
  for (const { job } of jobs) names.add(job.jobName, 'main config file');
  if (place === undefined) return { jobs, scrapeConfigFiles: patterns };
  const scrapeConfigFiles = patterns.map((pattern) => joinFolder(place.folder, pattern));
  const included = scrapeConfigFiles
    .flatMap((pattern) => place.expand(pattern))
    .flatMap((file) => readIncluded(file, read, names));
  return { jobs: [...jobs.map((job) => placeJob(job, place.folder)), ...included], scrapeConfigFiles };
}

function readPatterns(section: Section): readonly string[] {
  const patterns = section.texts('scrape_config_files') ?? [];
  const wrong = patterns.find((pattern) => !/^[^*]*(?:\*[^/]*)?$/.test(pattern));
  if (wrong !== undefined) throw new ConfigError(`invalid scrape config file path "${wrong}"`);
  return patterns;
}

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
function readIncluded({ path, text }: ReadFile, read: (value: YamlValue) => LoadedJob, names: JobNames): LoadedJob[] {
  try {
    const section = new Section(parseYamlVerbatim(text), 'config.ScrapeConfigs');
    const jobs = (section.list('scrape_configs') ?? []).map(read);
    section.finish();
    for (const { job } of jobs) names.add(job.jobName, `"${path}"`);
    return jobs.map((job) => placeJob(job, dirname(path)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError(`"${path}": ${error.message}`, { cause: error });
  }
}
