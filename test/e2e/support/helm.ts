/** The real helm, with caches and settings of its own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { parseYamlDocuments } from '../../../src/base/yaml.ts';
import { findBinary } from '../../control-plane/locate.ts';
import { Workspace } from '../../control-plane/workspace.ts';

const root = join(import.meta.dirname, '..', '..', '..');
export const operatorChart = join(root, 'charts', 'stoker');
export const crdChart = join(operatorChart, 'charts', 'stoker-crds');

export interface HelmAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Values as `--set-json` takes them: a path and what is there. */
export type Values = Readonly<Record<string, unknown>>;

export const setArgs = (values: Values): string[] =>
  Object.entries(values).map(([path, value]) => `--set-json=${path}=${JSON.stringify(value)}`);

export class Helm {
  readonly #workspace = new Workspace('helm');

  /** Runs helm and hears how it ended. */
  try(args: readonly string[], kubeconfig = '/dev/null'): Promise<HelmAnswer> {
    const command = findBinary('helm');
    if (command === undefined) throw new Error('Cannot run helm: test/control-plane/build.sh has not built it');
    const homes = ['CACHE', 'CONFIG', 'DATA'].map((kind) => [`HELM_${kind}_HOME`, this.#workspace.path(kind)]);
    const env = { ...process.env, ...Object.fromEntries(homes), KUBECONFIG: kubeconfig };
    return new Promise((resolve, reject) => {
      execFile(command, args, { env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === 'number') resolve({ code, stdout, stderr });
        else reject(new Error(`Cannot run helm: ${error?.message ?? ''}`, { cause: error }));
      });
    });
  }

  /** Runs helm; what it printed. @throws {Error} when it fails. */
  async run(args: readonly string[], kubeconfig?: string): Promise<string> {
    const { code, stdout, stderr } = await this.try(args, kubeconfig);
    if (code !== 0) throw new Error(`helm ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
    return stdout;
  }

  /** The objects of the release "stoker" in the namespace "stoker", hooks included. */
  async template(values: Values = {}, chart = operatorChart): Promise<KubernetesObject[]> {
    const text = await this.run(['template', 'stoker', chart, '--namespace=stoker', ...setArgs(values)]);
    return parseYamlDocuments(text) as KubernetesObject[];
  }

  async close(): Promise<void> {
    await this.#workspace.close();
  }
}
