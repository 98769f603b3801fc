/** Objects as JSON text: each stored object is serialised once, lists and events join the pieces. */
import type { ApiObject } from '../api.ts';
import { groupVersionOf } from '../rest/backend.ts';
import type { Page } from '../rest/list.ts';
import type { Resource } from '../registry/resource.ts';

export class Encoder {
  /** JSON without apiVersion, kind and the opening brace, by stored object. */
  readonly #bodies = new WeakMap<ApiObject, string>();
  readonly #metadata = new WeakMap<ApiObject, string>();

  /** A whole object; `stored` may be in any version of the resource. */
  object(stored: ApiObject, resource: Resource): string {
    return typeHeader(resource) + this.#body(stored, resource);
  }

  list({ items, ...page }: Page, resource: Resource): string {
    const header = resource.custom ? typeHeader(resource) : '{';
    const texts = items.map((item) => header + this.#body(item, resource));
    const meta = renderListMeta(page);
    return resource.custom
      ? `{"apiVersion":"${groupVersionOf(resource)}","items":[${texts.join(',')}],"kind":"${resource.listKind}","metadata":${meta}}\n`
      : `{"kind":"${resource.listKind}","apiVersion":"${groupVersionOf(resource)}","metadata":${meta},"items":[${texts.join(',')}]}\n`;
  }

  partial(stored: ApiObject): string {
    let text = this.#metadata.get(stored);
    if (text === undefined) {
      text = `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(stored.metadata)}}`;
      this.#metadata.set(stored, text);
    }
    return text;
  }

  partialList({ items, ...page }: Page): string {
    const texts = items.map((item) => this.partial(item));
    return `{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":${renderListMeta(page)},"items":[${texts.join(',')}]}\n`;
  }

  #body(stored: ApiObject, resource: Resource): string {
    if (resource.conversion !== undefined) return renderBody(resource.conversion.fromStorage(stored));
    let text = this.#bodies.get(stored);
    if (text === undefined) {
      text = renderBody(stored);
      this.#bodies.set(stored, text);
    }
    return text;
  }
}

function renderBody({ apiVersion: _apiVersion, kind: _kind, ...rest }: ApiObject): string {
  return JSON.stringify(rest).slice(1);
}

function typeHeader(resource: Resource): string {
  const version = groupVersionOf(resource);
  return resource.custom
    ? `{"apiVersion":"${version}","kind":"${resource.kind}",`
    : `{"kind":"${resource.kind}","apiVersion":"${version}",`;
}

/** metadata of a list. */
export function renderListMeta({ resourceVersion, continueToken, remaining }: Omit<Page, 'items'>): string {
  return JSON.stringify({
    resourceVersion,
    ...(continueToken === '' ? {} : { continue: continueToken }),
    ...(remaining === undefined ? {} : { remainingItemCount: remaining }),
  });
}
