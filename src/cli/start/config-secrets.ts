import { secretType } from '../../api/builtin-types.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { WorkloadKind } from '../../core/kinds/kind.ts';
import { nameSplitSecret } from '../../core/render/prometheus/job-file-secrets.ts';
import type { SandboxApi } from '../../sandbox/api.ts';

type Api = Pick<SandboxApi, 'get' | 'list'>;

/** Where the configuration of a workload is. */
export interface ConfigSecrets {
  readonly namespace: string;
  /** With the compressed main part. */
  readonly main: string;
  /** What the names of the Secrets with its jobs begin with, those of the first shard; undefined: all of it is in one Secret. */
  readonly jobFiles: string | undefined;
}

/** A configuration that does not fit into one Secret goes on in others (docs/adr/0009-beyond-one-secret.md). */
export function findConfigSecrets(api: Api, kind: WorkloadKind, { metadata }: KubernetesObject): ConfigSecrets {
  const { namespace = '', name = '' } = metadata;
  const names = kind.names(name);
  const split = nameSplitSecret({ names });
  const isSplit = api.get(secretType, { namespace, name: split }) !== undefined;
  return isSplit
    ? { namespace, main: split, jobFiles: `${split}-0-` }
    : { namespace, main: names.configSecret, jobFiles: undefined };
}

/** The Secrets with the jobs of the first shard. */
export function listJobFiles(api: Api, { namespace, jobFiles }: ConfigSecrets): KubernetesObject[] {
  if (jobFiles === undefined) return [];
  const { items } = api.list(secretType, { namespace }) as { readonly items: readonly KubernetesObject[] };
  return items.filter(({ metadata }) => metadata.name?.startsWith(jobFiles) === true);
}

/** What prints the whole configuration, a command a line. @param key of the compressed main part */
export function listConfigCommands({ namespace, main, jobFiles }: ConfigSecrets, key: string): string[] {
  const kubectl = `kubectl -n ${namespace} get`;
  const first = [`${kubectl} secret ${main} -o go-template='{{index .data "${key}"}}' |`, '  base64 -d | gunzip'];
  if (jobFiles === undefined) return first;
  return [
    ...first,
    `for secret in $(${kubectl} secret -o name | grep /${jobFiles}); do`,
    `  ${kubectl} $secret -o go-template='{{range .data}}{{base64decode .}}{{end}}'; done`,
  ];
}
