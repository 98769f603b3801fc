import { secretKeySelector } from '../parts/references.ts';
import type { SecretKeySelector } from '../parts/references.ts';
import { atomicList, list, nonEmpty, object, required, text } from '../schema.ts';
import type { Schema, Static } from '../schema.ts';

/** What the two versions of AlertmanagerConfig differ in wherever it occurs. Everything else is described once. */
export interface Dialect<Secret> {
  /** How a key of a Secret is named. */
  readonly secret: Schema<Secret>;
  /** How a path in the container is checked. */
  readonly path: Schema<string>;
  /** v1alpha1 says of lists that server-side apply replaces them as a whole, v1beta1 says nothing. */
  readonly list: <T>(items: Schema<T>) => Schema<T[]>;
}

const strictSecretKeySelector = object({
  key: required(nonEmpty, 'Key inside the Secret.'),
  name: required(nonEmpty, 'Name of the Secret, in the namespace of this object.'),
});

export type StrictSecretKeySelector = Static<typeof strictSecretKeySelector>;

export const alpha: Dialect<SecretKeySelector> = { secret: secretKeySelector, path: nonEmpty, list: atomicList };

export const beta: Dialect<StrictSecretKeySelector> = { secret: strictSecretKeySelector, path: text, list };
