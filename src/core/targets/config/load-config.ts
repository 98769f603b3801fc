import type { Version } from '../../../base/version.ts';
import { parseYamlVerbatim } from '../../../base/yaml.ts';
import { readGlobalConfig } from './global-config.ts';
import { readScrapeConfig } from './scrape-config.ts';
import type { LoadedJob } from './scrape-config.ts';
import { ConfigError, Section } from './section.ts';

/** Sections that do not decide about targets. */
const ignoredKeys = ['runtime', 'alerting', 'rule_files', 'storage', 'tracing', 'remote_write', 'remote_read', 'otlp'];

/** What of a prometheus.yml decides about targets. */
export interface LoadedConfig {
  readonly jobs: readonly LoadedJob[];
  /** Paths and patterns of further files with scrape configs. */
  readonly scrapeConfigFiles: readonly string[];
}

/**
 * Reads a prometheus.yml as that version of Prometheus does. The sections that do not decide about targets are accepted
 * whatever they hold.
 *
 * @throws {ConfigError | YamlError} for what Prometheus refuses, the first fault (contract/discovery.md 6.5).
 */
export function loadPrometheusConfig(text: string, version: Version): LoadedConfig {
  const section = new Section(parseYamlVerbatim(text), 'config.plain');
  const global = readGlobalConfig(section.section('global', 'config.plain') ?? new Section(null, 'config.plain'));
  const jobs = (section.list('scrape_configs') ?? []).map((value) => readScrapeConfig(value, global, version));
  const scrapeConfigFiles = section.texts('scrape_config_files') ?? [];
  section.ignore(...ignoredKeys);
  section.finish();
  checkNames(jobs);
  return { jobs, scrapeConfigFiles };
}

function checkNames(jobs: readonly LoadedJob[]): void {
  const names = new Set<string>();
  for (const { job } of jobs) {
    if (names.has(job.jobName)) throw new ConfigError(`found multiple scrape configs with job name "${job.jobName}"`);
    names.add(job.jobName);
  }
}
