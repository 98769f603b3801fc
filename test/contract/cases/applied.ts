/** Server-side apply of the ConfigMap `a`, and who owns what of it. */
import type { Api } from '../api.ts';
import type { Loose } from '../case.ts';
import { list } from '../case.ts';

/** managedFields without times, under a key that normalise keeps. */
export function managers(body: Loose): unknown {
  return list(body.metadata?.managedFields).map(
    ({ manager, operation, apiVersion, fieldsType, fieldsV1, subresource, time }) => ({
      manager,
      operation,
      apiVersion,
      fieldsType,
      fieldsV1,
      subresource,
      hasTime: time !== undefined,
    }),
  );
}

export const applied = (data: Record<string, string> | undefined, metadata: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', ...metadata },
  ...(data === undefined ? {} : { data }),
});

export const apply = (api: Api, manager: string, body: object, query = '') =>
  api.apply(api.core('configmaps/a'), manager, body, query);
