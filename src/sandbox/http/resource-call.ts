import type { ApiObject } from '../api.ts';
import type { EventFacts, EventFate } from '../fault-hook.ts';
import type { Asker, Resource } from '../registry/resource.ts';
import type { Backend } from '../rest/backend.ts';
import { renderObject } from './answer.ts';
import type { Presentation } from './answer.ts';
import type { Encoder } from './encode.ts';
import type { ApiRequest } from './message.ts';
import { negotiateForm } from './negotiate.ts';
import type { ResourceRoute } from './route.ts';

/** One request, with all that answering it takes. */
export interface ResourceCall extends Asker {
  readonly backend: Backend;
  readonly encoder: Encoder;
  readonly request: ApiRequest;
  readonly query: URLSearchParams;
  readonly route: ResourceRoute;
  readonly decideEvent: ((event: EventFacts) => EventFate) | undefined;
}

/** In which form the answer is wanted. */
export function presentationOf({ request, query, encoder, backend }: ResourceCall): Presentation {
  const include = query.get('includeObject');
  return {
    form: negotiateForm(request.headers.accept),
    include: include === 'None' || include === 'Object' ? include : 'Metadata',
    encoder,
    clock: backend.clock,
  };
}

/** An object that a verb returned: in the version of its resource already. */
export function renderWritten(object: ApiObject, resource: Resource, presentation: Presentation): string {
  const { conversion: _conversion, ...plain } = resource;
  return renderObject(object, plain, presentation);
}
