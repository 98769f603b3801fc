/** Flags of `stoker webhook`: those of the reference's admission-webhook (docs/reference/operator-runtime.md 1.3), then ours. */
import type { Flag, FlagGroup } from './flags.ts';
import { flags as runFlags } from './flags.ts';

type Row = readonly [name: string, kind: Flag['kind'], fallback: string, description: string];

const toFlag =
  (group: FlagGroup) =>
  ([name, kind, fallback, description]: Row): Flag => ({ name, kind, fallback, description, group });

const language: readonly Row[] = [
  [
    'name-validation-scheme',
    'string',
    'legacy',
    'names of labels and metrics in rules, where no workload says which: legacy or utf8',
  ],
  [
    'promql-options',
    'set',
    '',
    'parts of PromQL that rules may use: experimental-functions, duration-expression-parsing, extended-range-selectors, binop-fill-modifiers',
  ],
];

const own: readonly Row[] = [
  [
    'webhook-warn-unselected',
    'bool',
    'false',
    'watch workloads and namespaces: judge each object as those do that select it, and warn when none does',
  ],
];

/** What differs from the same flags of `stoker run`. */
const fallbacks: Readonly<Record<string, string>> = { 'web.listen-address': ':8443', 'web.enable-tls': 'true' };
const certificateFlag = /^webhook-(?!listen-address)/;
const sameAsRun =
  /^(?:web\..*|log-level|log-format|version|short-version|auto-gomemlimit-ratio|kubeconfig|context|apiserver|as|cert-file|key-file|ca-file|tls-insecure)$/;

/** All flags, in the order of `--help`. */
export const webhookFlags: readonly Flag[] = [
  ...runFlags
    .filter(({ name }) => sameAsRun.test(name))
    .map((flag) => ({ ...flag, fallback: fallbacks[flag.name] ?? flag.fallback })),
  ...language.map(toFlag('Other')),
  ...runFlags.filter(({ name }) => certificateFlag.test(name)),
  ...own.map(toFlag('Stoker')),
];
