import type { AttachMetadata } from './groups/group-context.ts';
import type { Role } from './groups/discovered-objects.ts';

/** Server-side filters on the objects of one role; "" selects all. */
export interface RoleSelector {
  readonly role: Role;
  readonly label: string;
  readonly field: string;
}

/** The keys of Prometheus' HTTP client block that ask for something, as they were read; nothing: all defaults. */
export type HttpClientConfig = Readonly<Record<string, unknown>>;

/** kubernetes_sd_configs (docs/reference/discovery.md 2.1). */
export interface KubernetesSdConfig {
  readonly mechanism: 'kubernetes';
  readonly role: Role;
  /** Undefined: the cluster that Prometheus runs in, unless there is a kubeconfig. */
  readonly apiServer: string | undefined;
  /** "": none. */
  readonly kubeconfigFile: string;
  /** Neither names nor the own one: all namespaces. */
  readonly namespaces: { readonly ownNamespace: boolean; readonly names: readonly string[] | undefined };
  readonly selectors: readonly RoleSelector[];
  readonly attachMetadata: AttachMetadata;
  readonly httpClient: HttpClientConfig;
}

/** One entry of static_configs, of a file or of an HTTP answer. */
export interface PlainGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** All static_configs of a job together. */
export interface StaticSdConfig {
  readonly mechanism: 'static';
  readonly groups: readonly PlainGroup[];
}

export interface FileSdConfig {
  readonly mechanism: 'file';
  /** Absolute paths; the last part may be a pattern with `*`. */
  readonly files: readonly string[];
  readonly refreshIntervalMs: number;
}

export interface HttpSdConfig {
  readonly mechanism: 'http';
  readonly url: string;
  readonly refreshIntervalMs: number;
  readonly httpClient: HttpClientConfig;
}

/** A mechanism that is known by its name and is not run, such as "consul". */
export interface ForeignSdConfig {
  readonly mechanism: 'foreign';
  readonly name: string;
  readonly config: unknown;
}

export type SdConfig = KubernetesSdConfig | StaticSdConfig | FileSdConfig | HttpSdConfig | ForeignSdConfig;
