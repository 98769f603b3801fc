/** Content negotiation: which form of an answer a client takes. */
import { StatusError } from '../status-error.ts';

export type Form = 'object' | 'table' | 'partial';

interface Range {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const forms: Readonly<Record<string, Form>> = {
  Table: 'table',
  PartialObjectMetadata: 'partial',
  PartialObjectMetadataList: 'partial',
};

/** The first acceptable form. @throws {StatusError} 406 when none is. */
export function negotiateForm(accept: string | undefined): Form {
  for (const range of parseAccept(accept)) {
    const form = formOf(range);
    if (form !== undefined) return form;
  }
  const message = 'only the following media types are accepted: application/json, application/json;stream=watch';
  throw new StatusError(406, 'NotAcceptable', message);
}

function formOf({ type, parameters }: Range): Form | undefined {
  if (!['application/json', 'application/*', '*/*'].includes(type)) return undefined;
  if (parameters.as === undefined) return 'object';
  return parameters.g === 'meta.k8s.io' && parameters.v === 'v1' ? forms[parameters.as] : undefined;
}

export function parseAccept(accept: string | undefined): Range[] {
  if (accept === undefined || accept.trim() === '') return [{ type: '*/*', parameters: {} }];
  return accept.split(',').map((part) => {
    const [type = '', ...rest] = part.split(';').map((one) => one.trim());
    const pairs = rest.map((one) => one.split('=').map((side) => side.trim()));
    return { type: type.toLowerCase(), parameters: Object.fromEntries(pairs) as Record<string, string> };
  });
}
