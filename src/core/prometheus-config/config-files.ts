import { isAbsolute, join } from 'node:path';
import type { HttpClientConfig, SdConfig } from '../targets/sd-config.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';

/** A file as it was read. */
export interface ReadFile {
  readonly path: string;
  readonly text: string;
}

/** Where a configuration lies, and how files that it names are found: core reads none itself. */
export interface ConfigPlace {
  /** Folder of the configuration file; relative paths in it start there. */
  readonly folder: string;
  /** Files that match a pattern (`*` in the last part), in the order of their names; none is no error. */
  readonly expand: (pattern: string) => readonly ReadFile[];
}

/** A path as a file in `folder` means it. */
export function joinFolder(folder: string, path: string): string {
  return path === '' || isAbsolute(path) ? path : join(folder, path);
}

/** The job with the paths that discovery reads joined to the folder of the file that the job stands in. */
export function placeJob(loaded: LoadedJob, folder: string): LoadedJob {
  return { ...loaded, discovery: loaded.discovery.map((config) => placeDiscovery(config, folder)) };
}

function placeDiscovery(config: SdConfig, folder: string): SdConfig {
  switch (config.mechanism) {
    case 'file':
      return { ...config, files: config.files.map((path) => joinFolder(folder, path)) };
    case 'http':
      return { ...config, httpClient: placeClient(config.httpClient, folder) };
    case 'kubernetes':
      return {
        ...config,
        kubeconfigFile: joinFolder(folder, config.kubeconfigFile),
        httpClient: placeClient(config.httpClient, folder),
      };
    case 'static':
    case 'foreign':
      return config;
  }
}

function placeClient(client: HttpClientConfig, folder: string): HttpClientConfig {
  return placeFiles(client, folder) as HttpClientConfig;
}

/** Keys of an HTTP client block that name files end in `_file`; `files` of a header is a list of them. */
function placeFiles(value: unknown, folder: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, one]: [string, unknown]) => {
    if (key.endsWith('_file') && typeof one === 'string') return [key, joinFolder(folder, one)];
    if (key === 'files' && Array.isArray(one)) return [key, one.map((path) => joinFolder(folder, String(path)))];
    return [key, placeFiles(one, folder)];
  });
  return Object.fromEntries(entries) as unknown;
}
