import type { OperatorSettings } from '../../settings.ts';
import { referToController, renderMetadata } from './metadata.ts';
import type { Owner } from './metadata.ts';
import type { Secret } from './rendered-objects.ts';

/**
 * A Secret that the owner's deletion takes along (docs/reference/rendering.md 8.3).
 * @param content data by key, as bytes or text; encoded here.
 */
export function renderSecret(
  { name, data }: { readonly name: string; readonly data: Readonly<Record<string, string | Uint8Array>> },
  owner: Owner,
  settings: OperatorSettings,
): Secret {
  const { namespace } = owner.metadata;
  const encode = (value: string | Uint8Array): string =>
    (typeof value === 'string' ? Buffer.from(value, 'utf8') : viewBytes(value)).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: renderMetadata({ name, namespace, labels: {}, ownerReferences: [referToController(owner)] }, settings),
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, encode(value)])),
  };
}

/** Not a copy: a configuration has hundreds of kilobytes. */
const viewBytes = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
