import { configMapType, namespaceType, secretType } from '../../api/builtin-types.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { TerminalError } from '../../base/errors.ts';
import { matchWorkloads } from '../../core/kinds/render.ts';
import { readSources } from '../../core/manifests/sources.ts';
import type { SecretTexts } from '../../core/masking/secret-texts.ts';
import { describeRefusals } from '../../core/refusal.ts';
import { readLocatedManifests } from '../check/read.ts';
import { openCluster } from '../cluster/connect.ts';
import type { ClusterFlags } from '../cluster/connect.ts';
import { fetchAssets, readOperatorObjects } from '../cluster/sources.ts';
import type { Io } from '../io.ts';
import { ExitError, exitCodes } from '../io.ts';
import { listFiles } from '../manifests.ts';
import { chooseSettings } from '../settings.ts';

/** What commander gives `stoker mcp`. */
export interface McpFlags extends ClusterFlags {
  readonly offline?: readonly string[];
}

/** What all tools of one server speak of: manifests, or a cluster. It is chosen when the server starts, and by nobody else. */
export interface Ground {
  readonly offline: readonly string[] | undefined;
  /** Flags of the commands that take both. */
  readonly flags: readonly string[];
  /** In the instructions for the model. */
  readonly description: string;
  /** Takes in what Secrets hold: each time anew, for folders change. */
  observe(secrets: SecretTexts): void;
  /** All that the operator reads of a cluster, as manifests. @throws {ExitError | ApiError | TransportError} */
  readManifests(io: Io): Promise<ReadGround>;
}

export interface ReadGround {
  readonly text: string;
  readonly notes: readonly string[];
}

/** @throws {ExitError} when the files are not there, or both grounds are named. */
export function openGround({ offline, ...cluster }: McpFlags): Ground {
  return offline === undefined ? openLive(cluster) : openFiles(offline, cluster);
}

function openFiles(paths: readonly string[], { kubeconfig, context, server }: ClusterFlags): Ground {
  if ([kubeconfig, context, server].some((flag) => flag !== undefined))
    throw new ExitError(exitCodes.usage, 'Cannot serve --offline together with a cluster: give one of them');
  if (paths.includes('-'))
    throw new ExitError(exitCodes.usage, 'Cannot read "-" with --offline: standard input belongs to the MCP client');
  listFiles(paths);
  return {
    offline: paths,
    flags: paths.map((path) => `--offline=${path}`),
    description: `the manifests in ${paths.join(', ')}; no cluster is asked`,
    observe(secrets) {
      for (const { object } of readLocatedManifests(paths).manifests) secrets.observe(object);
    },
    readManifests: () => Promise.resolve({ text: '', notes: [] }),
  };
}

const clusterFlags = {
  kubeconfig: '--kubeconfig',
  context: '--context',
  server: '--server',
  as: '--as',
  requestTimeout: '--request-timeout',
} as const satisfies Record<keyof ClusterFlags, string>;

function openLive(flags: ClusterFlags): Ground {
  return {
    offline: undefined,
    flags: Object.entries(clusterFlags).flatMap(([name, flag]) => {
      const value = flags[name as keyof ClusterFlags];
      return value === undefined ? [] : [`${flag}=${value}`];
    }),
    description: `the cluster of ${flags.server ?? flags.context ?? flags.kubeconfig ?? 'the current kubeconfig'}, as its user may see it`,
    observe: () => undefined,
    readManifests: (io) => readCluster(flags, io),
  };
}

async function readCluster(flags: ClusterFlags, io: Io): Promise<ReadGround> {
  const { client, version } = await openCluster(flags, io);
  try {
    const { objects, refusals } = await readOperatorObjects(client, io.signal);
    const settings = chooseSettings({ kubernetesVersion: `${version.major}.${version.minor}` });
    const references = matchWorkloads(readSources(objects), settings).flatMap(({ match }) =>
      match instanceof TerminalError ? [] : match.references,
    );
    const fetched = await fetchAssets(client, references, io.signal);
    const typed = (kind: string, all: readonly object[]): object[] =>
      all.map((one) => ({ apiVersion: namespaceType.version, kind, ...one }));
    const items = [
      ...objects,
      ...typed(secretType.kind, fetched.assets.secrets),
      ...typed(configMapType.kind, fetched.assets.configMaps),
    ].map((object) => withoutServerFields(object as KubernetesObject));
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    return { text, notes: describeRefusals([...refusals, ...fetched.refusals]) };
  } finally {
    await client.close();
  }
}

/** What only the server writes is none of a manifest's. */
function withoutServerFields({ metadata, ...rest }: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...kept } = metadata as KubernetesObject['metadata'] & { managedFields?: unknown };
  return { ...rest, metadata: kept };
}
