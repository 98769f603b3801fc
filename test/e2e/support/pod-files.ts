/** The files that a Pod of Prometheus or Alertmanager finds, as kubelet and config reloader put them there, in a folder of this machine. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Container } from '../../../src/api/core/container.ts';
import type { Volume } from '../../../src/api/core/volume.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import type {
  ConfigMap,
  DaemonSet,
  PodTemplate,
  Secret,
  StatefulSet,
} from '../../../src/core/render/shared/rendered-objects.ts';

/** What a Pod is told about itself. */
export interface PodFacts {
  readonly podName: string;
  readonly nodeName: string;
  /** PEM of the authority that the ServiceAccount's files name. */
  readonly caCertificate: string;
}

export interface PodFiles {
  /** The configuration with the variables replaced; every path in it leads into the folder. */
  readonly configFile: string;
  readonly webConfigFile: string;
  readonly ruleFiles: readonly string[];
}

type Files = Readonly<Record<string, Buffer>>;
type ObjectsWithFiles = readonly (Secret | ConfigMap | (KubernetesObject & { stringData?: Record<string, string> }))[];

const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Lays the files out. The config names absolute paths: those under /etc and /var/run are read as if the folder were the
 * root of the file system.
 *
 * @param objects Secrets and ConfigMaps that the volumes may name; those of other namespaces do not count.
 */
export function layOutPod(
  folder: string,
  workload: StatefulSet | DaemonSet,
  objects: ObjectsWithFiles,
  facts: PodFacts,
): PodFiles {
  const { template } = workload.spec;
  const inNamespace = objects.filter(({ metadata }) => metadata.namespace === workload.metadata.namespace);
  const program = findContainer(template, 'prometheus', 'alertmanager');
  const reloader = findContainer(template, 'config-reloader');
  for (const container of [program, reloader]) mountAll(folder, container, template.spec.volumes ?? [], inNamespace);
  writeFile(join(folder, serviceAccountFolder, 'token'), 'token');
  writeFile(join(folder, serviceAccountFolder, 'ca.crt'), facts.caCertificate);
  const configFile = join(folder, readFlag(reloader, '--config-envsubst-file'));
  const packed = readFileSync(join(folder, readFlag(reloader, '--config-file')));
  const config = replaceVariables(gunzipSync(packed).toString('utf8'), reloader, facts);
  writeFile(configFile, enterFolder(config, folder));
  const webConfigFile = join(folder, readFlag(program, '--web.config.file'));
  writeFile(webConfigFile, enterFolder(readFileSync(webConfigFile, 'utf8'), folder));
  return { configFile, webConfigFile, ruleFiles: listRuleFiles(folder) };
}

/** The one with one of the names. */
export function findContainer({ spec }: PodTemplate, ...names: readonly string[]): Container {
  const found = spec.containers.find(({ name }) => names.includes(name));
  if (found === undefined) throw new Error(`The Pod has no container ${names.join(' or ')}`);
  return found;
}

function readFlag({ name, args = [] }: Container, flag: string): string {
  const found = args.find((arg) => arg.startsWith(`${flag}=`));
  if (found === undefined) throw new Error(`The container ${name} has no ${flag}: ${args.join(' ')}`);
  return found.slice(flag.length + 1);
}

function mountAll(
  folder: string,
  { volumeMounts = [] }: Container,
  volumes: readonly Volume[],
  objects: ObjectsWithFiles,
): void {
  for (const { name, mountPath, subPath } of volumeMounts) {
    const volume = volumes.find((one) => one.name === name);
    const files = volume === undefined ? {} : listVolumeFiles(volume, objects);
    for (const [file, content] of Object.entries(files)) {
      if (subPath === undefined) writeFile(join(folder, mountPath, file), content);
      else if (subPath === file) writeFile(join(folder, mountPath), content);
    }
  }
}

function listVolumeFiles({ secret, configMap, projected }: Volume, objects: ObjectsWithFiles): Files {
  const find = (kind: string, name = '', optional = false): Files => {
    const found = objects.find((one) => one.kind === kind && one.metadata.name === name);
    if (found === undefined && !optional) throw new Error(`The Pod cannot start: there is no ${kind} ${name}`);
    return found === undefined ? {} : readFiles(found);
  };
  if (secret !== undefined) return find('Secret', secret.secretName, secret.optional);
  if (configMap !== undefined) return find('ConfigMap', configMap.name, configMap.optional);
  const sources = (projected?.sources ?? []).map((source) => {
    const [kind, projection] =
      source.secret === undefined ? ['ConfigMap', source.configMap] : ['Secret', source.secret];
    return pickItems(find(kind, projection?.name, projection?.optional), projection?.items);
  });
  return Object.assign({}, ...sources) as Files;
}

/** The files of a projection: all keys, or those that it lists, under the names that it gives them. */
function pickItems(files: Files, items?: readonly { readonly key: string; readonly path: string }[]): Files {
  if (items === undefined) return files;
  return Object.fromEntries(items.flatMap(({ key, path }) => (key in files ? [[path, files[key] as Buffer]] : [])));
}

function readFiles(object: ObjectsWithFiles[number]): Files {
  const data = 'data' in object ? object.data : undefined;
  const texts = 'stringData' in object ? object.stringData : undefined;
  const encoding = object.kind === 'Secret' ? 'base64' : 'utf8';
  return Object.fromEntries([
    ...Object.entries(data ?? {}).map(([file, value]) => [file, Buffer.from(value, encoding)] as const),
    ...Object.entries(texts ?? {}).map(([file, value]) => [file, Buffer.from(value)] as const),
  ]);
}

/** $(NAME), as the config reloader replaces it from its own environment; it refuses what it does not know. */
export function replaceVariables(
  text: string,
  { env = [] }: Container,
  { podName, nodeName }: Omit<PodFacts, 'caCertificate'>,
): string {
  const fields: Readonly<Record<string, string>> = { 'metadata.name': podName, 'spec.nodeName': nodeName };
  return text.replace(/\$\(([A-Za-z_0-9]+)\)/g, (_, name: string) => {
    const variable = env.find((one) => one.name === name);
    const value = variable?.value ?? fields[variable?.valueFrom?.fieldRef?.fieldPath ?? ''];
    if (value === undefined) throw new Error(`The config reloader does not know $(${name})`);
    return value;
  });
}

/** The text with its paths under the folder. Absolute paths stand at the beginning of a scalar. */
export function enterFolder(text: string, folder: string): string {
  return text.replace(/(?<=[\s'"])\/(?=etc\/|var\/run\/)/g, `${folder}/`);
}

function listRuleFiles(folder: string): string[] {
  const rules = join(folder, '/etc/prometheus/rules');
  if (!existsSync(rules)) return [];
  const entries = readdirSync(rules, { recursive: true, encoding: 'utf8' });
  return entries.filter((file) => file.endsWith('.yaml')).map((file) => join(rules, file));
}

function writeFile(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
