import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const shared = join(import.meta.dirname, '..', '..', '..', '..', 'shared');

/** Manifests of a stack that many clusters run, and what the reference made of them. */
export const realInput = join(shared, 'real', 'kube-prometheus');
/** Compares an operator with a recorded picture, object by object. */
export const blackbox = join(shared, 'tools', 'blackbox.py');

/** Why there is nothing to compare with, or false. */
export function skipWithoutFile(path: string): string | false {
  return existsSync(path) ? false : `There is no ${path}: the shared material of the project is not here`;
}

export function skipWithoutPythonYaml(): string | false {
  return spawnSync('python3', ['-c', 'import yaml']).status === 0 ? false : 'There is no python3 with PyYAML';
}
