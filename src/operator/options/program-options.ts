/** Options that every program of ours has: its log and its API server. */
import type { FlagReader } from './reader.ts';
import { readChoice } from './values.ts';

export const logLevels = ['all', 'debug', 'info', 'warn', 'error', 'none'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: 'logfmt' | 'json';
}

export interface ClientOptions {
  readonly kubeconfig: string;
  readonly context: string;
  readonly server: string;
  readonly impersonate: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string;
  readonly insecure: boolean;
}

/** How the API server is found. */
export function readClient(reader: FlagReader): ClientOptions {
  return {
    kubeconfig: reader.text('kubeconfig'),
    context: reader.text('context'),
    server: reader.text('apiserver'),
    impersonate: reader.text('as'),
    certFile: reader.text('cert-file'),
    keyFile: reader.text('key-file'),
    caFile: reader.text('ca-file'),
    insecure: reader.bool('tls-insecure'),
  };
}

/** @throws {OptionError} for a level or a format that is none. */
export function readLog(reader: FlagReader): LogOptions {
  return {
    level: readChoice('log-level', reader.text('log-level'), logLevels),
    format: readChoice('log-format', reader.text('log-format'), ['logfmt', 'json'] as const),
  };
}
