/** Finds the real binaries that tests run against; building them is build.sh's work. */
import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The binaries of the envtest convention: KUBEBUILDER_ASSETS, when set, is the only place they are looked for. */
const envtestBinaries: readonly string[] = ['etcd', 'kube-apiserver', 'kubectl'];
/** The folder here whose go.mod a binary is built from. */
const moduleOf = {
  etcd: 'etcd',
  'kube-apiserver': 'kubernetes',
  kubectl: 'kubernetes',
  'kube-controller-manager': 'kubernetes',
  prometheus: 'prometheus',
  promtool: 'prometheus',
  alertmanager: 'alertmanager',
  amtool: 'alertmanager',
  thanos: 'thanos',
  helm: 'helm',
  'prometheus-operator': 'prometheus-operator',
} as const;
const buildScript = join(import.meta.dirname, 'build.sh');

export type BinaryName = keyof typeof moduleOf;

/** Why a test cannot run here, as a sentence; the shape that node:test's `skip` option wants to hear. */
export interface Skipped {
  readonly skipped: string;
}

export interface ControlPlaneBinaries {
  readonly skipped?: undefined;
  readonly etcd: string;
  readonly apiServer: string;
  readonly kubectl: string;
  /** Not part of the envtest convention, so it may be missing where the rest is there. */
  readonly controllerManager: string | undefined;
}

export interface PrometheusBinaries {
  readonly skipped?: undefined;
  readonly prometheus: string;
  readonly promtool: string;
}

/** The folder build.sh builds a module's binaries into: a new one for each set of its versions, named as build.sh names it. */
function cacheFolder(module: string): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(import.meta.dirname, module, file)));
  const cache = setting('XDG_CACHE_HOME') ?? join(homedir(), '.cache');
  return join(cache, 'stoker', 'control-plane', `${module}-${hash.digest('hex').slice(0, 16)}`);
}

/** The folders of all binaries, joined as in PATH; some may not be there yet. */
export function binaryPath(): string {
  return [...new Set(Object.values(moduleOf))].map(cacheFolder).join(delimiter);
}

/** The path of a binary, or undefined when it is not there. */
export function findBinary(name: BinaryName): string | undefined {
  const assets = setting('KUBEBUILDER_ASSETS');
  const folder = assets !== undefined && envtestBinaries.includes(name) ? assets : cacheFolder(moduleOf[name]);
  const path = join(folder, name);
  return isExecutable(path) ? path : undefined;
}

/** The binaries of an API server, or why there are none. */
export function locateControlPlane(): ControlPlaneBinaries | Skipped {
  const etcd = findBinary('etcd');
  const apiServer = findBinary('kube-apiserver');
  const kubectl = findBinary('kubectl');
  if (etcd === undefined || apiServer === undefined || kubectl === undefined) {
    return missing({ etcd, 'kube-apiserver': apiServer, kubectl });
  }
  return { etcd, apiServer, kubectl, controllerManager: findBinary('kube-controller-manager') };
}

/** The binaries of a Prometheus, or why there are none. */
export function locatePrometheus(): PrometheusBinaries | Skipped {
  const prometheus = findBinary('prometheus');
  const promtool = findBinary('promtool');
  if (prometheus === undefined || promtool === undefined) return missing({ prometheus, promtool });
  return { prometheus, promtool };
}

/** For tests that need one binary alone: `{ skip: skipWithout('promtool') }`. False when it is there. */
export function skipWithout(name: BinaryName): string | false {
  const path = findBinary(name);
  return path === undefined ? missing({ [name]: path }).skipped : false;
}

function missing(found: Readonly<Record<string, string | undefined>>): Skipped {
  const names = Object.keys(found).filter((name) => found[name] === undefined);
  const assets = setting('KUBEBUILDER_ASSETS');
  const fromAssets = assets !== undefined && names.some((name) => envtestBinaries.includes(name));
  const place = fromAssets
    ? ` in KUBEBUILDER_ASSETS ("${assets}")`
    : `: ${buildScript} builds what is missing (needs Go)`;
  return { skipped: `There is no ${names.join(', no ')}${place}` };
}

/** An empty environment variable is an unset one, as in build.sh. */
function setting(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
