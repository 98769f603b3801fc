/** A permission that is needed and that RBAC does not grant. */
export interface MissingAccess {
  readonly group: string;
  /** The plural, without subresource. */
  readonly resource: string;
  /** Where it is needed; "" for the whole cluster. */
  readonly namespace: string;
  /** False for what no single workload suffers from: the Lease, and what is optional. */
  readonly isOfWorkloads: boolean;
  /** For people: verbs, resource, namespace and what it is for. */
  readonly message: string;
}
