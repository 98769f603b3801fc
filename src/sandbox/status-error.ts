/** Refusals of the API server: an exception that carries the Status object clients get. */

export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** A metav1.Status. `reason` is absent where the real server gives none. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: Record<string, unknown>;
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  /** Absent in a success. */
  code?: number;
}

/** Thrown for every request that is refused; `status` is what goes over the wire. */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  readonly status: Status & { code: number };

  constructor(code: number, reason: string | undefined, message: string, details?: StatusDetails) {
    super(message);
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      ...(reason === undefined ? {} : { reason }),
      ...(details === undefined ? {} : { details }),
      code,
    };
  }
}

/** What a resource is called in messages: "configmaps", "statefulsets.apps". */
export interface Named {
  readonly group: string;
  readonly plural: string;
}

const qualified = ({ group, plural }: Named): string => (group === '' ? plural : `${plural}.${group}`);
const identify = ({ group, plural }: Named, name: string): StatusDetails => ({
  ...(name === '' ? {} : { name }),
  ...(group === '' ? {} : { group }),
  kind: plural,
});

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function notFound(resource: Named, name: string): StatusError {
  return new StatusError(404, 'NotFound', `${qualified(resource)} "${name}" not found`, identify(resource, name));
}

export function alreadyExists(resource: Named, name: string, isBeingDeleted: boolean): StatusError {
  const prefix = isBeingDeleted ? 'object is being deleted: ' : '';
  const message = `${prefix}${qualified(resource)} "${name}" already exists`;
  return new StatusError(409, 'AlreadyExists', message, identify(resource, name));
}

export function conflict(resource: Named, name: string, message: string): StatusError {
  const text = `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${message}`;
  return new StatusError(409, 'Conflict', text, identify(resource, name));
}

export function forbidden(resource: Named, name: string, message: string): StatusError {
  const text = `${qualified(resource)} ${name === '' ? '' : `"${name}" `}is forbidden: ${message}`;
  return new StatusError(403, 'Forbidden', text, identify(resource, name));
}

/** 410: the resourceVersion or continue token is older than the history. */
export function expired(message: string): StatusError {
  return new StatusError(410, 'Expired', message);
}

export function methodNotAllowed(
  message = 'the server does not allow this method on the requested resource',
): StatusError {
  return new StatusError(405, 'MethodNotAllowed', message, {});
}

export function unknownPath(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
}
