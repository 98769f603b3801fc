/** Responses: objects, lists, Status objects and texts. */
import type { Clock } from '../../base/clock.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import type { Resource } from '../registry/resource.ts';
import { toVersion } from '../rest/backend.ts';
import type { Page } from '../rest/list.ts';
import { StatusError } from '../status-error.ts';
import type { Status } from '../status-error.ts';
import { renderTable } from '../table/render.ts';
import type { IncludeObject } from '../table/render.ts';
import { renderListMeta } from './encode.ts';
import type { Encoder } from './encode.ts';
import type { ApiResponse } from './message.ts';
import type { Form } from './negotiate.ts';

const json = { 'content-type': 'application/json' };

export function answerJson(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = json,
): ApiResponse {
  return { status, headers, body: `${JSON.stringify(value)}\n` };
}

export function answerText(status: number, text: string, type = 'text/plain; charset=utf-8'): ApiResponse {
  return { status, headers: { 'content-type': type, 'x-content-type-options': 'nosniff' }, body: text };
}

/** What the server says of a path that it does not know at all. */
export function answerNoPage(): ApiResponse {
  return answerText(404, '404 page not found\n');
}

export function answerError(error: unknown): ApiResponse {
  const known = error instanceof StatusError ? error : internalError(error);
  const { status } = known;
  const { retryAfterSeconds } = status.details ?? {};
  const retry = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return answerJson(status.code, status, { ...json, ...retry });
}

function internalError(error: unknown): StatusError {
  const text = error instanceof Error ? error.message : String(error);
  return new StatusError(500, 'InternalError', `Internal error occurred: ${text}`, { causes: [{ message: text }] });
}

export function answerStatus(code: number, status: Status): ApiResponse {
  return answerJson(code, status);
}

/** How a client wants objects. */
export interface Presentation {
  readonly form: Form;
  readonly include: IncludeObject;
  readonly encoder: Encoder;
  readonly clock: Pick<Clock, 'now'>;
}

/** One object. `stored`: as the store has it; an object in the version of the resource must have no conversion or be marked so. */
export function renderObject(stored: ApiObject, resource: Resource, presentation: Presentation): string {
  const { form, encoder, include, clock } = presentation;
  if (form === 'partial') return encoder.partial(stored);
  if (form === 'object') return encoder.object(stored, resource);
  const metadata = { resourceVersion: stored.metadata.resourceVersion ?? '' };
  return JSON.stringify(
    renderTable([toVersion(stored, resource)], metadata, { resource, clock, include, definitions: true }),
  );
}

export function renderPage(page: Page, resource: Resource, presentation: Presentation): string {
  const { form, encoder, include, clock } = presentation;
  if (form === 'partial') return encoder.partialList(page);
  if (form === 'object') return encoder.list(page, resource);
  const objects = page.items.map((item) => toVersion(item, resource));
  const metadata = JSON.parse(renderListMeta(page)) as JsonObject;
  return `${JSON.stringify(renderTable(objects, metadata, { resource, clock, include, definitions: true }))}\n`;
}

/** A response with texts as Warning headers. */
export function withWarnings(response: ApiResponse, warnings: readonly string[]): ApiResponse {
  if (warnings.length === 0) return response;
  const warning = [...new Set(warnings)].map((text) => `299 - ${quote(text)}`).join(', ');
  return { ...response, headers: { ...response.headers, warning } };
}

const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

export function answerBody(status: number, body: string): ApiResponse {
  return { status, headers: json, body: body.endsWith('\n') ? body : `${body}\n` };
}
