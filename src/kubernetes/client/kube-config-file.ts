/** One kubeconfig file: client-node's reading, plus what it leaves out (tokenFile, impersonated groups). */
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import type { Cluster, Context, User } from '@kubernetes/client-node';
import { parseYaml } from '../../base/yaml.ts';

/** Whom to act as. */
export interface Impersonation {
  readonly user?: string | undefined;
  readonly uid?: string | undefined;
  readonly groups: readonly string[];
}

export interface KubeConfigFile {
  readonly clusters: readonly Cluster[];
  readonly users: readonly User[];
  readonly contexts: readonly Context[];
  /** "" when the file names none. */
  readonly currentContext: string;
  /** By the user's name. */
  readonly impersonations: ReadonlyMap<string, Impersonation>;
  /** For messages. */
  readonly origin: string;
}

interface RawUser {
  readonly name?: string;
  readonly user?: {
    readonly as?: string;
    readonly 'as-uid'?: string;
    readonly 'as-groups'?: readonly string[];
    readonly tokenFile?: string;
  } | null;
}

interface RawFile {
  readonly users?: readonly RawUser[];
  readonly 'current-context'?: string;
}

/** @throws {Error} when the file cannot be read or is no kubeconfig; the message quotes none of its content. */
export function readKubeConfigFile(path: string): KubeConfigFile {
  const text = readText(path);
  const config = new KubeConfig();
  let raw: RawFile | null;
  try {
    config.loadFromString(text);
    raw = parseYaml(text) as RawFile | null;
  } catch (error) {
    throw new Error(`Cannot read kubeconfig "${path}": ${describeParseError(error)}`);
  }
  const folder = dirname(path);
  config.makePathsAbsolute(folder);
  const rawUsers = new Map((raw?.users ?? []).map(({ name = '', user }) => [name, user ?? {}]));
  return {
    clusters: config.clusters,
    users: config.users.map((user) => completeUser(user, rawUsers.get(user.name)?.tokenFile, folder)),
    contexts: config.contexts,
    currentContext: raw?.['current-context'] ?? '',
    impersonations: new Map([...rawUsers].map(([name, user]) => [name, readImpersonation(user)])),
    origin: `kubeconfig "${path}"`,
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `Cannot read kubeconfig "${path}": ${code === 'ENOENT' ? 'there is no such file' : (code ?? 'unknown')}`,
    );
  }
}

/** A YAML error quotes the lines around it, which may hold a token: only the reason and the place are taken. */
function describeParseError(error: unknown): string {
  const { reason, mark } = error as { reason?: string; mark?: { line: number; column: number } };
  if (typeof reason === 'string')
    return `${reason} in line ${(mark?.line ?? 0) + 1}, column ${(mark?.column ?? 0) + 1}`;
  const { message } = error as Error;
  return /is missing$/.test(message) ? message : 'it is not a kubeconfig';
}

function completeUser(user: User, tokenFile: string | undefined, folder: string): User {
  const withExec =
    user.exec === undefined || user.exec === null ? user : { ...user, exec: placeCommand(user.exec, folder) };
  if (tokenFile === undefined) return withExec;
  // As kubectl: the file wins over a token beside it, and is read again as it changes.
  const { token: _token, ...rest } = withExec;
  return { ...rest, authProvider: { name: 'tokenFile', config: { tokenFile: toAbsolute(folder, tokenFile) } } };
}

/** A command with a slash is relative to the file; one without is looked up in PATH. */
function placeCommand(exec: unknown, folder: string): unknown {
  const { command } = exec as { command?: unknown };
  if (typeof command !== 'string' || !command.includes('/')) return exec;
  return { ...(exec as object), command: toAbsolute(folder, command) };
}

function toAbsolute(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}

function readImpersonation(user: NonNullable<RawUser['user']>): Impersonation {
  return { user: user.as, uid: user['as-uid'], groups: user['as-groups'] ?? [] };
}
