/** How to reach one API server, and as whom. */

/** Parts of Node's TLS options, as read from a kubeconfig or from files. */
export interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
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
  /** The namespace of the context or of the service account; "default" when there is none. */
  readonly namespace: string;
  readonly proxyUrl?: string | undefined;
  /** What to send with the next request. `refresh`: the last credentials were refused (401), get new ones. */
  applyAuth(options?: { refresh?: boolean }): Promise<Credentials>;
}
