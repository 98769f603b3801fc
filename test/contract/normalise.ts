/** Replaces what differs from run to run, so that the rest can be compared as data. */

const uid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const time = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** Keys whose value is a token of the server's making: present or not is all that can be compared. */
const tokens: Readonly<Record<string, string>> = { resourceVersion: 'RV', continue: 'TOKEN' };

/**
 * A copy of `value` in which the case's namespace is NS, uids are UID, times TIME, resourceVersions RV and continue
 * tokens TOKEN. managedFields are left out (cases about them return them under another key), as are undefined values.
 */
export function normalise(value: unknown, namespace: string): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(namespace, 'NS').replaceAll(uid, 'UID').replaceAll(time, 'TIME');
  }
  if (Array.isArray(value)) return value.map((item) => normalise(item, namespace));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, item]) => key !== 'managedFields' && item !== undefined);
  return Object.fromEntries(
    entries.map(([key, item]) => [key.replaceAll(namespace, 'NS'), normaliseEntry(key, item, namespace)]),
  );
}

function normaliseEntry(key: string, item: unknown, namespace: string): unknown {
  const token = tokens[key];
  const isToken = token !== undefined && typeof item === 'string' && item !== '' && !/^(?:0|1)$/.test(item);
  return isToken ? token : normalise(item, namespace);
}
