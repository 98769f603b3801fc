import { isJsonObject } from '../../base/json.ts';
import { parseYaml } from '../../base/yaml.ts';
import type { AssetStore } from '../assets/store.ts';
import { readField } from '../explain/fields.ts';
import { showName } from '../explain/model.ts';
import type { ObjectName } from '../explain/model.ts';
import { InvalidFieldError } from '../findings.ts';
import { maskValue } from '../masking/mask-object.ts';
import { isSecretKey } from '../masking/secret-keys.ts';
import { joinFragments } from '../render/prometheus/config/fragment.ts';
import { nameJobField } from '../render/prometheus/config/job-fields.ts';
import { openJob } from '../render/prometheus/config/job.ts';
import type { Job } from '../render/prometheus/config/job.ts';
import { renderJobs } from '../render/prometheus/config/monitor-fragment.ts';
import { describeScraping } from '../render/prometheus/config/scrape-context.ts';
import { nameSection } from '../render/prometheus/config/section-fields.ts';
import type { Configuration, JobsSource, PartSource, SectionSource, TextSource } from './configuration.ts';
import { nameOf } from './configuration.ts';
import type { ConfigurationLine, DescribePlace, LineOrigin } from './yaml-lines.ts';
import { writeItemLines, writeLines } from './yaml-lines.ts';

export interface SourceContext {
  readonly configuration: Configuration;
  /** What monitors refer to; undefined: the fields behind lines of jobs are not looked for. */
  readonly assets?: AssetStore;
}

const notShown = 'what a Secret holds is not shown';

/** Prometheus shows the client id of OAuth 2.0; here it may come from a Secret. */
const isHidden = (key: string, path: readonly string[]): boolean => key === 'client_id' || isSecretKey(key, path);

const maskText = (text: string): unknown => maskValue(parseYaml(text), [], isHidden);

/**
 * A part of a configuration as it may be shown: the same data, its secrets masked, with the field behind each line as far as it is known.
 * What comes out of Secrets as a whole is not shown.
 */
export function writeSource(source: PartSource, context: SourceContext): ConfigurationLine[] {
  switch (source.kind) {
    case 'section':
      return writeSection(source, context);
    case 'jobs':
      return writeJobs(source, context);
    case 'text':
      return writeText(source);
    case 'additional': {
      const origin = { object: context.configuration.workload, at: 'spec.additionalScrapeConfigs' };
      return [{ text: `# ${source.jobs} ${source.jobs === 1 ? 'job' : 'jobs'}: ${notShown}`, origin }];
    }
  }
}

function writeSection({ text }: SectionSource, { configuration }: SourceContext): ConfigurationLine[] {
  const { workload, scraping } = configuration;
  const describe: DescribePlace = (path) => {
    if (scraping === undefined) return {};
    const { field, secret } = nameSection(path, scraping.workload);
    const origin = findOrigin(workload, { spec: scraping.workload.spec }, field);
    return secret === true && path.length > 2 ? { origin, hidden: notShown } : { origin };
  };
  return writeLines(maskText(text), { levels: 3, describe });
}

/** Only a field that is there has asked for something. */
function findOrigin(object: ObjectName, holder: object, field: string): LineOrigin | undefined {
  return field === 'spec' || readField(holder, field) === undefined ? undefined : { object, at: field };
}

function writeJobs(source: JobsSource, context: SourceContext): ConfigurationLine[] {
  const items = maskText(joinFragments([source.fragment]));
  const jobs = listJobs(source, context);
  return (Array.isArray(items) ? items : []).flatMap((item: unknown, index) => {
    const job = jobs[index];
    const describe: DescribePlace = (path) =>
      job === undefined ? {} : { origin: nameOrigin(path, job, { source, context }) };
    return writeItemLines(item, { levels: 2, describe });
  });
}

/** The jobs once more, for the fields behind them; none when a key is not there any more. */
function listJobs({ of, monitor }: JobsSource, { configuration: { scraping }, assets }: SourceContext): Job[] {
  if (scraping === undefined || assets === undefined) return [];
  try {
    return [...renderJobs(of, openJob(of, monitor, { context: describeScraping(scraping.workload), assets }))];
  } catch (error) {
    if (error instanceof InvalidFieldError) return [];
    throw error;
  }
}

const shared = 'workload.';

function nameOrigin(
  path: readonly string[],
  job: Job,
  { source: { of, monitor }, context }: { readonly source: JobsSource; readonly context: SourceContext },
): LineOrigin | undefined {
  const { workload, scraping } = context.configuration;
  const field = path[0] === 'job_name' ? job.field : nameJobField(job, path);
  if (field.startsWith(shared))
    return findOrigin(workload, { spec: scraping?.workload.spec }, field.slice(shared.length));
  return field === 'spec'
    ? { object: nameOf(of, monitor), at: 'spec' }
    : findOrigin(nameOf(of, monitor), monitor, field);
}

/** Of an Alertmanager: what came of an AlertmanagerConfig has its name before its own. */
function writeText({ text, merged }: TextSource): ConfigurationLine[] {
  const value = maskText(text);
  const describe: DescribePlace = ([section = '', index]) => {
    const list = isJsonObject(value) ? value[section] : undefined;
    const item: unknown = Array.isArray(list) && index !== undefined ? list[Number(index.slice(1, -1))] : undefined;
    const name = isJsonObject(item) && typeof item.name === 'string' ? item.name : '';
    const object = merged.find((one) => name.startsWith(`${showName(one)}/`));
    return object === undefined ? {} : { origin: { object, at: '' } };
  };
  return writeLines(value, { levels: 2, describe });
}
