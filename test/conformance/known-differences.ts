/**
 * The only way to let a recorded case of the reference differ: `folder/case` → why the reference is wrong there.
 * A case that is listed here and agrees fails its suite, so the table cannot go stale.
 */
export const knownDifferences: Readonly<Record<string, string>> = {
  'rule-file/misc-005':
    'Empty interval and for are written as "", which Prometheus refuses ("empty duration string", promtool check rules), and with them its whole configuration; they mean "unset" and are left out',
  'populate-labels/populate-labels-002':
    'The input was a byte that is no UTF-8; recorded as JSON it has become U+FFFD, which is valid text. Lone surrogates, which is what JavaScript has for such bytes, are refused (test/unit/core/targets)',
};
