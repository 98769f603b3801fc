import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { sharedFolder } from '../../shared-material.ts';

/** Manifests of a stack that many clusters run, and what the reference made of them. */
export const realInput = join(sharedFolder, 'real', 'kube-prometheus');
/** Compares an operator with a recorded picture, object by object. */
export const blackbox = join(sharedFolder, 'tools', 'blackbox.py');

export function skipWithoutPythonYaml(): string | false {
  return spawnSync('python3', ['-c', 'import yaml']).status === 0 ? false : 'There is no python3 with PyYAML';
}
