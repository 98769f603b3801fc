/** What the API server is. */
import type { KubernetesClient } from './client/client.ts';

export interface ServerVersion {
  readonly major: number;
  readonly minor: number;
  /** Such as "v1.36.2+k3s1". */
  readonly gitVersion: string;
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
