/** What the API server is, and what it serves. */
import type { ResourceType } from '../api/meta.ts';
import type { KubernetesClient } from './client/client.ts';
import { isNotFound } from './client/errors.ts';

export interface ServerVersion {
  readonly major: number;
  readonly minor: number;
  /** Such as "v1.36.2+k3s1". */
  readonly gitVersion: string;
}

interface ResourceList {
  readonly resources?: readonly { readonly name?: string }[];
}

/**
 * @throws {ApiError | TransportError} when it cannot be asked.
 * @example
 * const { major, minor } = await getServerVersion(client); // 1, 36
 */
export async function getServerVersion(client: KubernetesClient, signal?: AbortSignal): Promise<ServerVersion> {
  const { body } = await client.raw({ method: 'GET', path: '/version', signal });
  const { major = '', minor = '', gitVersion = '' } = body as Partial<Record<keyof ServerVersion, string>>;
  // Some providers write "36+".
  return { major: Number.parseInt(major, 10) || 0, minor: Number.parseInt(minor, 10) || 0, gitVersion };
}

/**
 * Whether the server serves this resource in this version, as its discovery says.
 *
 * @throws {ApiError | TransportError} when it cannot be asked.
 * @example
 * if (!(await hasResource(client, scrapeConfigs))) logger.info('No ScrapeConfig here');
 */
export async function hasResource(
  client: KubernetesClient,
  type: Pick<ResourceType, 'group' | 'version' | 'plural'>,
): Promise<boolean> {
  const path = type.group === '' ? `/api/${type.version}` : `/apis/${type.group}/${type.version}`;
  try {
    const { body } = await client.raw({ method: 'GET', path });
    return ((body as ResourceList).resources ?? []).some(({ name }) => name === type.plural);
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
