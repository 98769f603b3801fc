import { readFile } from 'node:fs/promises';
import type { HttpClientConfig } from '../../core/targets/sd-config.ts';
import type { TlsOptions, TlsVersion } from '../../kubernetes/client/client-config.ts';

/** A part of an HTTP client block; what is absent is at its default. */
export type Block = Readonly<Record<string, unknown>>;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function blockOf(config: HttpClientConfig, key: string): Block {
  const value = config[key];
  return typeof value === 'object' && value !== null ? (value as Block) : {};
}

export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}

/**
 * A value that stands in the block itself or in a file that it names. Files are read each time: they may change.
 * @throws {Error} naming the file when it cannot be read; never with its content.
 */
export async function readSecret(block: Block, key: string, fileKey = `${key}_file`): Promise<string> {
  const path = textOf(block[fileKey]);
  return path === '' ? textOf(block[key]) : (await readText(path)).trim();
}

/** @throws {Error} naming the file when it cannot be read. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`Cannot read "${path}": ${code === 'ENOENT' ? 'there is no such file' : (code ?? 'unknown')}`);
  }
}

/** Prometheus' names of versions, and Node's. */
const tlsVersions = new Map([
  ['TLS10', 'TLSv1'],
  ['TLS11', 'TLSv1.1'],
  ['TLS12', 'TLSv1.2'],
  ['TLS13', 'TLSv1.3'],
] as const);

export async function readTls(config: HttpClientConfig): Promise<TlsOptions> {
  const tls = blockOf(config, 'tls_config');
  const [ca, cert, key] = await Promise.all(['ca', 'cert', 'key'].map((name) => readSecret(tls, name)));
  const servername = textOf(tls['server_name']);
  const minVersion = readVersion(tls, 'min_version');
  const maxVersion = readVersion(tls, 'max_version');
  return {
    ...(ca ? { ca } : {}),
    ...(cert ? { cert } : {}),
    ...(key ? { key } : {}),
    ...(servername === '' ? {} : { servername }),
    ...(minVersion === undefined ? {} : { minVersion }),
    ...(maxVersion === undefined ? {} : { maxVersion }),
    ...(tls['insecure_skip_verify'] === true ? { rejectUnauthorized: false } : {}),
  };
}

function readVersion(tls: Block, key: string): TlsVersion | undefined {
  return [...tlsVersions].find(([name]) => name === tls[key])?.[1];
}
