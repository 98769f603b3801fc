import type { SecretOrConfigMap } from '../../../api/parts/references.ts';
import * as shared from '../shared/pod-parts.ts';
import type { PodPart } from '../shared/pod-parts.ts';
import { renderStorage } from '../shared/storage.ts';
import type { Storage } from '../shared/storage.ts';
import { isSet } from '../shared/tls-credentials.ts';
import { renderWebVolumes } from '../shared/web-config.ts';
import * as paths from './alertmanager-paths.ts';
import { hasWebConfigFile } from './alertmanager-workload.ts';
import type { AlertmanagerWorkload } from './alertmanager-workload.ts';

/** What a pod depends on besides its workload. */
export interface PodInput {
  readonly workload: AlertmanagerWorkload;
  /** How many tls-assets Secrets there are. */
  readonly tlsAssetSecrets: number;
}

/** What Alertmanager mounts, the config-reloader mounts too: it reloads when one of the files changes. */
const shareWithReloader = (part: PodPart): PodPart => ({ ...part, reloaderMounts: part.mounts ?? [] });

/** The generated configuration, as the operator writes it, with the other keys of the user's Secret. */
export function addConfig({ workload }: PodInput): PodPart {
  const mount = { name: 'config-volume', mountPath: paths.configFolder };
  return {
    volumes: [{ name: 'config-volume', secret: { secretName: workload.names.configSecret } }],
    mounts: [mount],
    reloaderMounts: [{ ...mount, readOnly: true }],
  };
}

export function addTlsAssets({ workload, tlsAssetSecrets }: PodInput): PodPart {
  return shared.addTlsAssets(workload.names, tlsAssetSecrets, paths.tlsAssetFolder);
}

/** The configuration with its variables filled in; in memory, because it holds credentials. */
export function addExpandedConfig(): PodPart {
  const mount = { name: 'config-out', mountPath: paths.expandedConfigFolder };
  return {
    volumes: [{ name: 'config-out', emptyDir: { medium: 'Memory' } }],
    mounts: [{ ...mount, readOnly: true }],
    reloaderMounts: [mount],
  };
}

/** One template of a projected volume, as a file with the name of its key. */
function projectTemplate({ secret, configMap }: SecretOrConfigMap): { key: string; source: object } | undefined {
  const chosen = isSet(secret) ? secret : configMap;
  if (!isSet(chosen)) return undefined;
  const { name = '', key } = chosen;
  const projection = { name, items: [{ key, path: key }] };
  return { key, source: chosen === secret ? { secret: projection } : { configMap: projection } };
}

/** The templates of the configuration, in one folder: of two with one key the first is mounted. */
export function addTemplates({ workload }: PodInput): PodPart {
  const templates = workload.spec.alertmanagerConfiguration?.templates ?? [];
  if (templates.length === 0) return {};
  const sources = new Map<string, object>();
  for (const { key, source } of templates.flatMap((template) => projectTemplate(template) ?? [])) {
    if (!sources.has(key)) sources.set(key, source);
  }
  const name = 'notification-templates';
  return shareWithReloader({
    volumes: [{ name, projected: { sources: [...sources.values()] } }],
    mounts: [{ name, mountPath: paths.templateFolder, readOnly: true }],
  });
}

export function addSecrets({ workload }: PodInput): PodPart {
  return shareWithReloader(shared.addSecrets(workload.spec, paths.secretFolder));
}

export function addConfigMaps({ workload }: PodInput): PodPart {
  return shareWithReloader(shared.addConfigMaps(workload.spec, paths.configMapFolder));
}

export function addWebConfig({ workload }: PodInput): PodPart {
  if (!hasWebConfigFile(workload)) return {};
  const { spec, names } = workload;
  return shareWithReloader(renderWebVolumes(spec.web, names.webConfigSecret, paths.webConfigFolder));
}

/** Where notification log and silences are stored. */
export function chooseStorage({ spec, names }: AlertmanagerWorkload): Storage {
  return renderStorage({
    spec: spec.storage,
    defaultName: names.storageVolume,
    mountPath: paths.storageFolder,
    subPath: 'alertmanager-db',
  });
}

export function addStorage({ workload }: PodInput): PodPart {
  return shared.addStorage(chooseStorage(workload));
}

export function addUserVolumes({ workload }: PodInput): PodPart {
  return shared.addUserVolumes(workload.spec);
}
