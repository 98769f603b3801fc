/** metav1.MicroTime, as Leases and Events want it: RFC 3339 with exactly six digits. `ms` is since 1970. */
export function formatMicroTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}
