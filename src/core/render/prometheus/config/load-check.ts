import { hideQuoted } from '../../../../base/hide-quoted.ts';
import { parseDuration } from '../../../../base/durations.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import type { Rejection } from '../../../rejection.ts';
import type { RegexpCache } from '../../../relabel/regexp-cache.ts';
import { InvalidFieldError } from '../../../findings.ts';
import type { ScrapeContext } from './scrape-context.ts';
import { globalDefaults } from '../../../prometheus-config/global-config.ts';
import type { GlobalConfig } from '../../../prometheus-config/global-config.ts';
import { createLoadContext } from '../../../prometheus-config/load-context.ts';
import { readJobValues, toLoadedJob } from '../../../prometheus-config/read-job.ts';
import type { LoadedJob } from '../../../targets/scrape-job.ts';
import { readSections } from '../../../prometheus-config/sections.ts';
import type { LoadContext } from '../../../prometheus-config/shape.ts';
import { ConfigError } from '../../../prometheus-config/values.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { escapingSchemes } from './global-scraping.ts';
import { nameJobField } from './job-fields.ts';
import type { Job } from './job.ts';

const reason = 'InvalidConfiguration';

/** What came of loading a job. */
export type LoadVerdict = { readonly read: () => LoadedJob } | { readonly rejection: Rejection };

/**
 * Loads what was rendered as Prometheus would, before it is written: what it would refuse never reaches it. Right once,
 * right as long as the context is the same, so it goes with the fragments.
 */
export class LoadCheck {
  readonly #load: LoadContext;
  readonly #global: GlobalConfig;

  constructor({ spec, version, gates }: ScrapeContext, regexps: RegexpCache) {
    const knowsSchemes = gates.isOpen('metric_name_validation_scheme');
    const nameScheme = knowsSchemes && spec.nameValidationScheme === 'Legacy' ? 'legacy' : 'utf8';
    const escaping = gates.isOpen('metric_name_escaping_scheme') ? escapingSchemes[spec.nameEscapingScheme ?? ''] : '';
    const scrapeIntervalMs = toMs(spec.scrapeInterval);
    this.#global = { ...globalDefaults, scrapeIntervalMs, nameScheme, escaping: escaping ?? '' };
    this.#load = createLoadContext(version, nameScheme, regexps);
  }

  /**
   * A job as Prometheus reads it, but with what its monitor and workload leave to `global` at its defaults; or what is wrong with it, with the
   * field of the monitor that it comes from.
   * @throws {InvalidFieldError} when it is the workload's part of the job: it stands in all of them.
   */
  load(job: Job): LoadVerdict {
    try {
      const values = readJobValues(job.config, this.#global, this.#load);
      return { read: () => toLoadedJob(values, this.#global) };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const field = nameJobField(job, error.path);
      const message = `Prometheus refuses it: ${error.message}`;
      if (!field.startsWith(workloadPrefix)) return { rejection: { reason, field, message } };
      throw new InvalidFieldError({ reason, field: field.slice(workloadPrefix.length), message });
    }
  }

  /** @throws {InvalidFieldError} for what Prometheus would refuse besides scrape configs. */
  requireSections(sections: YamlFields, nameSection: (path: readonly string[]) => SectionName): void {
    try {
      readSections(sections, this.#load);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw refusal(error, nameSection(error.path));
    }
  }

  /** A job that users have written into a Secret. @throws {InvalidFieldError} without the values in it. */
  requireJob(job: YamlFields, name: SectionName): void {
    try {
      readJobValues(job, this.#global, this.#load);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw refusal(error, name);
    }
  }
}

/** A field of the workload, and whether its values are out of a Secret. */
export interface SectionName {
  readonly field: string;
  /** What is inside the Secret, for people: 'job "x"'. */
  readonly what?: string;
  readonly secret?: boolean;
}

function refusal(error: ConfigError, { field, what, secret }: SectionName): InvalidFieldError {
  const text = secret === true ? hideQuoted(error.message) : error.message;
  const place = [what, joinPath(error.path)].filter((part) => part !== undefined && part !== '').join(', ');
  const where = secret === true && place !== '' ? ` (${place})` : '';
  return new InvalidFieldError({ reason, field, message: `Prometheus refuses it: ${text}${where}` });
}

const joinPath = (path: readonly string[]): string => path.join('.').replaceAll('.[', '[');

const workloadPrefix = 'workload.';

function toMs(text: string | undefined): number {
  try {
    return parseDuration(unlessBlank(text) ?? '30s');
  } catch {
    return 30_000;
  }
}
