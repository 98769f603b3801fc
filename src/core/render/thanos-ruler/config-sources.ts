import type { SecretKeySelector } from '../../../api/parts/references.ts';
import type { ThanosRulerSpec } from '../../../api/thanos-ruler.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import { configFolder } from './ruler-paths.ts';

/** Configurations in the words of Thanos that users give, in the order of their volumes. */
const configNames = ['query', 'alertmanager', 'objstorage', 'tracing', 'alertrelabel'] as const;

type ConfigName = (typeof configNames)[number];

/** Where one of them comes from: a file that is there in the container, or a key of a Secret that is mounted. */
interface ConfigSource {
  /** In the container. */
  readonly path: string;
  readonly secret?: SecretKeySelector;
}

/** Folder of what a volume called NAME-config holds. */
export function configFolderOf(name: string): string {
  return `${configFolder}/${name}-config`;
}

/** A file wins over a Secret (docs/reference/rendering.md 6.3). */
function chooseSource(
  name: ConfigName,
  secret: SecretKeySelector | undefined,
  file?: string,
): ConfigSource | undefined {
  const path = unlessBlank(file);
  if (path !== undefined) return { path };
  return secret && { path: `${configFolderOf(name)}/${secret.key}`, secret };
}

export function chooseSources(spec: ThanosRulerSpec): Readonly<Record<ConfigName, ConfigSource | undefined>> {
  return {
    query: chooseSource('query', spec.queryConfig),
    alertmanager: chooseSource('alertmanager', spec.alertmanagersConfig),
    objstorage: chooseSource('objstorage', spec.objectStorageConfig, spec.objectStorageConfigFile),
    tracing: chooseSource('tracing', spec.tracingConfig, spec.tracingConfigFile),
    alertrelabel: chooseSource('alertrelabel', spec.alertRelabelConfigs, spec.alertRelabelConfigFile),
  };
}

/** A key of a Secret that becomes a file of the same name. */
export interface MountedKey {
  /** Of the volume, without "-config". */
  readonly name: string;
  readonly secretName: string;
  readonly key: string;
}

/** The keys of users' Secrets that the pods mount. */
export function listMountedKeys(spec: ThanosRulerSpec): MountedKey[] {
  const sources = chooseSources(spec);
  return configNames.flatMap((name) => {
    const secret = sources[name]?.secret;
    return secret === undefined ? [] : [{ name, secretName: secret.name ?? '', key: secret.key }];
  });
}
