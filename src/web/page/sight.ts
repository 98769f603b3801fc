/** What of the cluster a caller of the page may see. */

/** Objects of a kind in a namespace, "" for those of no namespace; the kind as in manifests, such as "ServiceMonitor". */
export interface Place {
  readonly kind: string;
  readonly namespace: string;
}

export interface Sight {
  /** Whether objects there may be seen; undefined: nobody has asked the API server yet. */
  sees(place: Place): boolean | undefined;
}

/** Of whom reaches a loopback address: everything. */
export const fullSight: Sight = { sees: () => true };

/** Whether all of several places may be seen; undefined as soon as one is not known and none is hidden. */
export function seesAll(sight: Sight, places: readonly Place[]): boolean | undefined {
  const answers = places.map((place) => sight.sees(place));
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}
