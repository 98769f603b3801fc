import type { ApiObject } from '../api.ts';
import type { EventFacts, EventFate } from '../fault-hook.ts';
import type { Resource } from '../registry/resource.ts';
import { groupVersionOf, toVersion } from '../rest/backend.ts';
import { bookmarkObject } from '../rest/watch.ts';
import type { Watch, WatchEvent } from '../rest/watch.ts';
import { expired } from '../status-error.ts';
import { renderTable } from '../table/render.ts';
import type { Presentation } from './answer.ts';
import type { ApiResponse, Sink } from './message.ts';

type Decide = (event: EventFacts) => EventFate;

/** A watch as a stream of JSON lines; `decide` is the fault hook's word on each event. */
export function answerWatch(
  watch: Watch,
  resource: Resource,
  presentation: Presentation,
  decide: Decide | undefined,
): ApiResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: { start: (sink) => streamEvents(watch, createLineWriter(resource, presentation), { sink, decide }) },
  };
}

function streamEvents(
  watch: Watch,
  render: (event: WatchEvent) => string,
  { sink, decide }: { sink: Sink; decide: Decide | undefined },
): () => void {
  const state = { open: true, stop: (): void => undefined };
  const finish = (how: 'end' | 'abort'): void => {
    if (!state.open) return;
    state.open = false;
    state.stop();
    sink[how]();
  };
  const tell = (event: WatchEvent): void => {
    if (state.open) sendEvent(event, decide?.(factsOf(event)) ?? 'send', { sink, render, finish });
  };
  const stop = watch.start(tell, () => finish('end'));
  state.stop = stop;
  // A fate may have ended the stream while it began.
  if (!state.open) stop();
  return () => {
    state.open = false;
    stop();
  };
}

interface Line {
  readonly sink: Sink;
  readonly render: (event: WatchEvent) => string;
  readonly finish: (how: 'end' | 'abort') => void;
}

function sendEvent(event: WatchEvent, fate: EventFate, { sink, render, finish }: Line): void {
  if (fate === 'send') sink.write(render(event));
  if (fate === 'expire') sink.write(render({ type: 'ERROR', error: expired('too old resource version') }));
  if (fate === 'expire' || fate === 'end') finish('end');
  if (fate !== 'reset') return;
  const line = render(event);
  sink.write(line.slice(0, Math.floor(line.length / 2)));
  finish('abort');
}

function factsOf(event: WatchEvent): EventFacts {
  const { type } = event;
  if (type === 'ERROR') return { type, namespace: '', name: '', resourceVersion: '' };
  const metadata = type === 'BOOKMARK' ? {} : event.object.metadata;
  return {
    type,
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    resourceVersion: String(event.revision),
  };
}

/** Tables carry their column definitions in the first event only. */
function createLineWriter(resource: Resource, presentation: Presentation): (event: WatchEvent) => string {
  let definitions = true;
  return (event) => {
    const line = `{"type":"${event.type}","object":${renderEventObject(event, resource, { ...presentation, definitions })}}\n`;
    definitions = false;
    return line;
  };
}

function renderEventObject(
  event: WatchEvent,
  resource: Resource,
  presentation: Presentation & { definitions: boolean },
): string {
  if (event.type === 'ERROR') return JSON.stringify(event.error.status);
  if (event.type === 'BOOKMARK') return renderBookmark(event, resource, presentation);
  return renderChange(event.object, resource, presentation);
}

function renderBookmark(
  event: { revision: number; initialEventsEnd: boolean },
  resource: Resource,
  { form }: Presentation,
): string {
  const object = bookmarkObject(resource, event, groupVersionOf(resource));
  if (form !== 'partial') return JSON.stringify(object);
  return JSON.stringify({ ...object, kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' });
}

function renderChange(
  object: ApiObject,
  resource: Resource,
  presentation: Presentation & { definitions: boolean },
): string {
  const { form, encoder, include, clock, definitions } = presentation;
  if (form === 'partial') return encoder.partial(object);
  if (form === 'object') return encoder.object(object, resource);
  const metadata = { resourceVersion: object.metadata.resourceVersion ?? '' };
  return JSON.stringify(
    renderTable([toVersion(object, resource)], metadata, { resource, clock, include, definitions }),
  );
}
