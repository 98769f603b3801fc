import { gunzipSync } from 'node:zlib';
import { YamlError, parseYamlVerbatim } from '../../../../base/yaml.ts';
import { writeYamlFields } from '../../../../base/yaml-writer.ts';
import type { YamlFields, YamlValue } from '../../../../base/yaml-writer.ts';
import { asMapping, isList, isNull, textOf } from '../../../prometheus-config/values.ts';
import { planKeys, readServedWorkload } from '../../../served/served-workload.ts';
import type { ConfigMap } from '../../shared/rendered-objects.ts';
import { addOwnNode } from './kubernetes-discovery.ts';

interface Planned {
  readonly discovery: YamlValue;
  readonly rules: YamlValue | undefined;
}

const readJobs = (config: YamlFields): readonly YamlFields[] => {
  const list = config['scrape_configs'] ?? null;
  return isList(list) ? list.map((job) => asMapping(job, 'config.ScrapeConfig')) : [];
};

const nameOf = ({ job_name: name }: YamlFields): string => textOf(name ?? '') ?? '';

/** Jobs of a plan by name. @throws {SyntaxError} for what no operator has written. */
function* readPlan({ data = {}, binaryData = {} }: ConfigMap): Iterable<readonly [string, Planned]> {
  const text = gunzipSync(Buffer.from(binaryData[planKeys.jobs] ?? '', 'base64')).toString('utf8');
  const { perNode } = readServedWorkload(data[planKeys.workload] ?? 'null');
  for (const job of readJobs(asMapping(parseYamlVerbatim(text), 'config.plain'))) {
    const { kubernetes_sd_configs: items = [], relabel_configs: rules } = job;
    const discovery = perNode && isList(items) ? items.map(selectOwnNode) : items;
    yield [nameOf(job), { discovery, rules }];
  }
}

/** In a DaemonSet who discovers for himself asks for the pods of his own node. */
function selectOwnNode(item: YamlValue): YamlValue {
  const { selectors, ...rest } = asMapping(item, 'kubernetes.plain');
  if (textOf(rest['role'] ?? '') !== 'pod') return item;
  const others = selectors !== undefined && isList(selectors) ? selectors : [];
  return {
    ...rest,
    selectors: addOwnNode(
      others.map((one) => asMapping(one, 'kubernetes.plain')),
      true,
    ),
  };
}

function restore(job: YamlFields, { discovery, rules }: Planned): YamlFields {
  const entries = Object.entries(job).map(([key, value]) =>
    key === 'http_sd_configs' ? ['kubernetes_sd_configs', discovery] : [key, value],
  );
  return { ...Object.fromEntries(entries), ...(rules === undefined ? {} : { relabel_configs: rules }) } as YamlFields;
}

/**
 * A configuration that was published, with jobs that ask the discovery service discovering for themselves: as the operator renders it for
 * whoever reads it. What is no plan, or cannot be read, changes nothing.
 * @param plans ConfigMaps of the workload's plan
 */
export function restoreDiscovery(text: string, plans: readonly ConfigMap[]): string {
  if (plans.length === 0) return text;
  try {
    const planned = new Map(plans.flatMap((plan) => [...readPlan(plan)]));
    const parsed = parseYamlVerbatim(text);
    if (isNull(parsed)) return text;
    const config = asMapping(parsed, 'config.plain');
    const jobs = readJobs(config).map((job) => {
      const known = planned.get(nameOf(job));
      return known === undefined || job['http_sd_configs'] === undefined ? job : restore(job, known);
    });
    return writeYamlFields({ ...config, scrape_configs: jobs });
  } catch (error) {
    if (error instanceof YamlError || error instanceof SyntaxError || isUnpackingError(error)) return text;
    throw error;
  }
}

/** Of what is no gzip. */
export const isUnpackingError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
