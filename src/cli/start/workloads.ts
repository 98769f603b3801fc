/** What `stoker start` tells of the workloads: how far each has come, and what its configuration holds. */
import { gunzipSync } from 'node:zlib';
import { secretType } from '../../api/builtin-types.ts';
import { isJsonObject } from '../../base/json.ts';
import { parseYaml } from '../../base/yaml.ts';
import type { WorkloadObject } from '../../core/kinds/kind.ts';
import { workloadKinds } from '../../core/kinds/registry.ts';
import { findConfigSecrets, listConfigCommands, listJobFiles } from './config-secrets.ts';
import type { ConfigSecrets } from './config-secrets.ts';
import type { SandboxApi } from '../../sandbox/api.ts';

/** Where the configuration of a kind is, and the list in it whose items are worth naming. */
interface ShownConfig {
  /** Key of the Secret; its value is gzipped. */
  readonly key: string;
  readonly list: string;
  readonly name: string;
  /** What an item is. */
  readonly noun: string;
}

const scrapes: ShownConfig = { key: 'prometheus.yaml.gz', list: 'scrape_configs', name: 'job_name', noun: 'job' };
const receivers: ShownConfig = { key: 'alertmanager.yaml.gz', list: 'receivers', name: 'name', noun: 'receiver' };

const configs: Readonly<Record<string, ShownConfig>> = {
  Prometheus: scrapes,
  PrometheusAgent: scrapes,
  Alertmanager: receivers,
};

export interface ShownWorkload {
  /** "Kind namespace/name". */
  readonly title: string;
  /** It runs, and nothing is wrong with it. */
  readonly available: boolean;
  /** How many are ready; if it is not available, why. */
  readonly progress: string;
  /** What runs its pods: kind and name; the first one of several shards. */
  readonly set: string;
  /** "3 jobs: a, b, c"; undefined where the kind has no such list, or while there is no configuration. */
  readonly config: string | undefined;
  /** What prints the whole of it, a command a line. */
  readonly commands: readonly string[];
}

/** All workloads of a cluster, kind by kind. */
export function listWorkloads(api: SandboxApi): ShownWorkload[] {
  return workloadKinds.flatMap((kind) => {
    const config = configs[kind.type.kind];
    const all = api.list(kind.type).items as unknown as WorkloadObject[];
    return all.map((workload) => {
      const { namespace = '', name = '' } = workload.metadata;
      const secrets = findConfigSecrets(api, kind, workload);
      const held = config && describeConfig(api, secrets, config);
      const set = `${kind.isDaemonSet?.(workload) === true ? 'DaemonSet' : 'StatefulSet'} ${kind.names(name).prefix}`;
      const commands = config === undefined ? [] : listConfigCommands(secrets, config.key);
      return {
        title: `${kind.type.kind} ${namespace}/${name}`,
        set,
        config: held,
        commands,
        ...readProgress(workload),
      };
    });
  });
}

function readProgress({ status = {} }: WorkloadObject): Pick<ShownWorkload, 'available' | 'progress'> {
  const { conditions = [], availableReplicas = 0, replicas = 0 } = status;
  const bad = conditions
    .filter((one) => one.status !== 'True')
    .map(({ type, reason = '', message = '' }) => `${type}: ${reason} ${message}`);
  const isUp = conditions.some((one) => one.type === 'Available' && one.status === 'True');
  return bad.length === 0 && isUp
    ? { available: true, progress: `${availableReplicas}/${replicas} ready` }
    : { available: false, progress: bad.join('; ').trim() || 'no status yet' };
}

function describeConfig(
  api: SandboxApi,
  secrets: ConfigSecrets,
  { key, list, name, noun }: ShownConfig,
): string | undefined {
  const secret = api.get(secretType, { namespace: secrets.namespace, name: secrets.main });
  const data = dataOf(secret)[key] ?? '';
  if (data === '') return undefined;
  const files = listJobFiles(api, secrets).flatMap((file) => Object.values(dataOf(file)));
  const texts = [gunzipSync(Buffer.from(data, 'base64')), ...files.map((file) => Buffer.from(file, 'base64'))];
  const items = texts.flatMap((text): unknown[] => {
    const config = parseYaml(text.toString('utf8'));
    return isJsonObject(config) && Array.isArray(config[list]) ? (config[list] as unknown[]) : [];
  });
  const names = items.map((item) => (isJsonObject(item) ? String(item[name]) : ''));
  return `${names.length} ${noun}${names.length === 1 ? '' : 's'}: ${names.join(', ')}`;
}

const dataOf = (secret: object | undefined): Readonly<Record<string, string>> =>
  (secret as { readonly data?: Readonly<Record<string, string>> } | undefined)?.data ?? {};
