import { dirname } from 'node:path';
import { parseYamlVerbatim } from '../../../base/yaml.ts';
import type { Version } from '../../../base/version.ts';
import type { ConfigPlace, ReadFile } from './config-files.ts';
import { joinFolder, placeJob } from './config-files.ts';
import type { GlobalConfig } from './global-config.ts';
import { readGlobalConfig } from './global-config.ts';
import { readScrapeConfig } from './scrape-config.ts';
import type { LoadedJob } from './scrape-config.ts';
import { ConfigError, Section } from './section.ts';

/** Sections that do not decide about targets. */
const ignoredKeys = ['runtime', 'alerting', 'rule_files', 'storage', 'tracing', 'remote_write', 'remote_read', 'otlp'];

/** What of a prometheus.yml decides about targets. */
export interface LoadedConfig {
  /** Those of the file itself, then those of `scrape_config_files`, where a place to read them was given. */
  readonly jobs: readonly LoadedJob[];
  /** Paths and patterns of further files with scrape configs; joined to the folder where one was given. */
  readonly scrapeConfigFiles: readonly string[];
}

/**
 * Reads a prometheus.yml as that version of Prometheus does. The sections that do not decide about targets are accepted
 * whatever they hold.
 *
 * @param place where the file lies; without it paths stay as they are and `scrape_config_files` are not read.
 * @throws {ConfigError | YamlError} for what Prometheus refuses, the first fault (contract/discovery.md 6.5).
 */
export function loadPrometheusConfig(text: string, version: Version, place?: ConfigPlace): LoadedConfig {
  const section = new Section(parseYamlVerbatim(text), 'config.plain');
  const global = readGlobalConfig(section.section('global', 'config.plain') ?? new Section(null, 'config.plain'));
  const jobs = (section.list('scrape_configs') ?? []).map((value) => readScrapeConfig(value, global, version));
  const patterns = version.isAtLeast('2.43.0') ? readPatterns(section) : [];
  section.ignore(...ignoredKeys);
  section.finish();
  const names = new JobNames();
  for (const { job } of jobs) names.add(job.jobName, 'main config file');
  if (place === undefined) return { jobs, scrapeConfigFiles: patterns };
  const scrapeConfigFiles = patterns.map((pattern) => joinFolder(place.folder, pattern));
  const included = scrapeConfigFiles
    .flatMap((pattern) => place.expand(pattern))
    .flatMap((file) => readIncluded(file, { global, version, names }));
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

interface Around {
  readonly global: GlobalConfig;
  readonly version: Version;
  readonly names: JobNames;
}

/** The jobs of one of `scrape_config_files`. @throws {ConfigError} with the file's path before Prometheus' message. */
function readIncluded({ path, text }: ReadFile, { global, version, names }: Around): LoadedJob[] {
  try {
    const section = new Section(parseYamlVerbatim(text), 'config.ScrapeConfigs');
    const jobs = (section.list('scrape_configs') ?? []).map((value) => readScrapeConfig(value, global, version));
    section.finish();
    for (const { job } of jobs) names.add(job.jobName, `"${path}"`);
    return jobs.map((job) => placeJob(job, dirname(path)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError(`"${path}": ${error.message}`, { cause: error });
  }
}
