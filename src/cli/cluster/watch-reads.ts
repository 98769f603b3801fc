import type { KubernetesObject } from '../../api/meta.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';

/** The same client, telling of each object that it reads by name or in a list. */
export function watchReads(client: KubernetesClient, onRead: (object: KubernetesObject) => void): KubernetesClient {
  const get: KubernetesClient['get'] = async (type, name, options) => {
    const object = await client.get(type, name, options);
    onRead({ ...object, kind: type.kind });
    return object as never;
  };
  const list: KubernetesClient['list'] = async (type, options) => {
    const page = await client.list(type, options);
    for (const item of page.items) onRead({ ...item, kind: type.kind });
    return page as never;
  };
  return {
    get,
    list,
    create: client.create.bind(client),
    update: client.update.bind(client),
    patch: client.patch.bind(client),
    delete: client.delete.bind(client),
    watch: client.watch.bind(client),
    raw: client.raw.bind(client),
    close: client.close.bind(client),
  };
}
