import { secretType } from '../../api/builtin-types.ts';
import type { NamespacedName, ObjectMeta } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';
import type { Secret } from '../../core/render/shared/rendered-objects.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isAlreadyExists, isConflict, isNotFound } from '../../kubernetes/client/errors.ts';
import type { CertificateSet, CertificateState } from '../../webhook/rotation.ts';
import { bundleOf } from '../../webhook/rotation.ts';

/** A state as it was read, so that a write fails when somebody else wrote in between. */
export interface StoredState {
  readonly state: CertificateState | undefined;
  readonly secret: Secret | undefined;
  /** The Secret asks for a new certificate. */
  readonly asked: boolean;
}

/** Put on the Secret by people: a new certificate, in good order, before the old one ends. */
const rotateAnnotation = 'stoker.dev/rotate';

const stateKey = 'state.json';

/** The Secret that all replicas of the webhook share. Beside the state it has the usual keys, for people and for tools. */
export class CertificateStore {
  readonly #client: KubernetesClient;
  readonly #name: NamespacedName;

  constructor(client: KubernetesClient, name: NamespacedName) {
    this.#client = client;
    this.#name = name;
  }

  /** No state when there is no Secret, or one that holds something else. */
  async read(): Promise<StoredState> {
    try {
      const secret = await this.#client.get<Secret>(secretType, this.#name);
      const asked = secret.metadata.annotations?.[rotateAnnotation] !== undefined;
      return { secret, asked, state: parseState(secret.data?.[stateKey]) };
    } catch (error) {
      if (isNotFound(error)) return { secret: undefined, asked: false, state: undefined };
      throw error;
    }
  }

  /** Whoever asked for the next certificate gets it. False when another replica was faster: read again. */
  async write({ secret }: StoredState, state: CertificateState): Promise<boolean> {
    const data = encode({
      [stateKey]: JSON.stringify(state),
      'tls.crt': state.current.certificate,
      'tls.key': state.current.key,
      'ca.crt': bundleOf(state),
    });
    try {
      if (secret === undefined) await this.#client.create<Secret>(secretType, this.#render(data));
      else
        await this.#client.update<Secret>(secretType, {
          ...secret,
          metadata: state.next === undefined ? secret.metadata : withoutRequest(secret.metadata),
          data,
        });
      return true;
    } catch (error) {
      if (isConflict(error) || isAlreadyExists(error)) return false;
      throw error;
    }
  }

  #render(data: Record<string, string>): Secret {
    const labels = { 'app.kubernetes.io/name': 'stoker', 'app.kubernetes.io/component': 'webhook' };
    return { apiVersion: 'v1', kind: 'Secret', metadata: { ...this.#name, labels }, type: 'kubernetes.io/tls', data };
  }
}

function withoutRequest({ annotations = {}, ...rest }: ObjectMeta): ObjectMeta {
  const { [rotateAnnotation]: _asked, ...others } = annotations;
  return { ...rest, annotations: others };
}

const encode = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]));

function parseState(encoded: string | undefined): CertificateState | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded ?? '', 'base64').toString());
    return isState(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isState(value: unknown): value is CertificateState {
  if (!isJsonObject(value) || typeof value.since !== 'number' || !isSet(value.current)) return false;
  const { next, previousCa } = value;
  return (next === undefined || isSet(next)) && (previousCa === undefined || typeof previousCa === 'string');
}

const isSet = (value: unknown): value is CertificateSet =>
  isJsonObject(value) && [value.ca, value.certificate, value.key].every((one) => typeof one === 'string');
