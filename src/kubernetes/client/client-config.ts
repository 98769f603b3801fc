/** How to reach one API server, and as whom. */

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** Parts of Node's TLS options, as read from a kubeconfig or from files. */
export interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly minVersion?: TlsVersion;
  readonly maxVersion?: TlsVersion;
  /** False only where the user said so: certificates are verified by default. */
  readonly rejectUnauthorized?: boolean;
}

/** Secret: never log it, never put it into an error. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly tls: TlsOptions;
}

export interface ClientConfig {
  /** URL without a slash at the end; it may have a path. */
  readonly server: string;
  /** What messages call it; "the API server" when absent. */
  readonly title?: string | undefined;
  /** The namespace of the context or of the service account; "default" when there is none. */
  readonly namespace: string;
  readonly proxyUrl?: string | undefined;
  /** What to send with the next request. `refresh`: the last credentials were refused (401), get new ones. */
  applyAuth(options?: { refresh?: boolean }): Promise<Credentials>;
}
