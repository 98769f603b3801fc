import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { compilePattern } from '../../base/glob.ts';
import type { Version } from '../../base/version.ts';
import type { ConfigPlace, ReadFile } from '../../core/prometheus-config/config-files.ts';
import { loadPrometheusConfig } from '../../core/prometheus-config/load-config.ts';
import type { LoadedConfig } from '../../core/prometheus-config/load-config.ts';
import { ExitError, exitCodes } from '../io.ts';
import { nameNoRule } from './target-plan.ts';
import type { TargetPlan } from './target-plan.ts';

/** @throws {ExitError} when the file cannot be read (usage), or Prometheus would refuse it (failed, with its verdict). */
export function planFromFile(path: string, version: Version, ownNamespace: string | undefined): TargetPlan {
  const text = readConfig(path);
  const place: ConfigPlace = { folder: path === '-' ? process.cwd() : dirname(path), expand };
  const { jobs } = loadConfig(text, { title: path, version, place });
  return { title: path, version, jobs, nameRule: nameNoRule, ownNamespace, notes: [] };
}

/** @throws {ExitError} with Prometheus' verdict for a configuration that it refuses. */
export function loadConfig(
  text: string,
  { title, version, place }: { readonly title: string; readonly version: Version; readonly place?: ConfigPlace },
): LoadedConfig {
  try {
    return loadPrometheusConfig(text, version, place);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ExitError(exitCodes.failed, `Prometheus ${version.toString()} refuses ${title}: ${error.message}`);
  }
}

function readConfig(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : (code ?? 'unknown');
    throw new ExitError(exitCodes.usage, `Cannot read "${path}": ${why}`);
  }
}

/** Files of `scrape_config_files`; a folder that is not there is empty. */
function expand(pattern: string): readonly ReadFile[] {
  const folder = dirname(pattern);
  const names = listFolder(folder)
    .filter(compilePattern(basename(pattern)))
    .sort();
  return names.map((name) => {
    const path = join(folder, name);
    return { path, text: readFileSync(path, 'utf8') };
  });
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
