import { nonEmpty, object, required, text } from '../schema.ts';

/** A named text: a header, a detail, a custom field. */
export const keyValue = object({
  key: required(nonEmpty, 'Name.'),
  value: required(text, 'Text; it may be a template.'),
});
