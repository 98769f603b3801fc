/** Replaces what differs from run to run in what kubectl prints. */
const replaced: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID'],
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g, 'TIME'],
  [/"?resourceVersion"?: "\d+"/g, 'RV'],
  [/\b10\.\d+\.\d+\.\d+\b */g, 'IP   '],
  [/\b\d+m?s\b/g, 'AGE'],
  // Columns are as wide as what stands in them.
  [/ {3,}/g, '   '],
  // Of kubectl diff.
  [/(LIVE|MERGED)-\d+/g, '$1'],
  [/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d+ \+0000/g, 'TIME'],
  [/(\\"resourceVersion\\":\\")\d+/g, '$1RV'],
];

/** Ages, times, uids, resourceVersions, addresses and the URL of the server are alike in the answer. */
export function normaliseOutput(text: string, url: string): string {
  const own = text.replaceAll(url, 'URL').replaceAll(url.replace(/^https:\/\//, ''), 'HOST');
  return replaced.reduce((done, [pattern, word]) => done.replaceAll(pattern, word), own);
}
