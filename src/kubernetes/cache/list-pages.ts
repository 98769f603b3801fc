import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { KubernetesClient, ListOptions, ObjectList } from '../client/client.ts';
import { isGone } from '../client/errors.ts';
import { pageObjects } from '../limits.ts';

export interface ListPagesOptions<T extends KubernetesObject> extends Omit<ListOptions, 'continue'> {
  readonly client: KubernetesClient;
  readonly type: ResourceType;
  /** Called for each object as its page arrives, so that what is dropped there never piles up; undefined leaves it out. */
  readonly ingest?: ((object: T) => T | undefined) | undefined;
}

export interface CompleteList<T extends KubernetesObject> {
  readonly objects: readonly T[];
  /** Where a watch goes on. */
  readonly resourceVersion: string;
}

/**
 * All objects, page by page. When a continue token has expired (410), everything is listed again in one answer: that
 * state is consistent, the pages so far are not.
 */
export async function listPages<T extends KubernetesObject>(options: ListPagesOptions<T>): Promise<CompleteList<T>> {
  const { client, type, ingest = (object) => object, limit = pageObjects, ...selection } = options;
  let objects: T[] = [];
  const take = (page: ObjectList<T>): void => {
    for (const item of page.items) {
      const object = ingest(item);
      if (object !== undefined) objects.push(object);
    }
  };
  let page = await client.list<T>(type, { ...selection, limit });
  take(page);
  for (let token = page.metadata.continue ?? ''; token !== ''; token = page.metadata.continue ?? '') {
    try {
      page = await client.list<T>(type, { ...selection, limit, continue: token });
    } catch (error) {
      if (!isGone(error)) throw error;
      objects = [];
      page = await client.list<T>(type, selection);
    }
    take(page);
  }
  return { objects, resourceVersion: page.metadata.resourceVersion ?? '' };
}
