/** What the API server is and what it serves. */

export interface ServerVersion {
  readonly major: number;
  readonly minor: number;
  /** Such as "v1.36.2+k3s1". */
  readonly gitVersion: string;
}
