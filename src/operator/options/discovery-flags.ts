/** Flags of `stoker discovery`: those that every program of ours has, then its own. */
import type { Flag } from './flags.ts';
import { flags as runFlags } from './flags.ts';

type Row = readonly [name: string, kind: Flag['kind'], fallback: string, description: string];

const own: readonly Row[] = [
  [
    'authorization',
    'string',
    'tokens',
    'who may ask for the targets of a workload. tokens: its own service account, and who may get prometheuses/targets (prometheusagents/targets) of that name; none: whoever reaches the address',
  ],
  [
    'state-dir',
    'string',
    '',
    'folder in which answers are kept, for the time after a restart until targets have been found again; none when empty',
  ],
  ['max-staleness', 'duration', '1h', 'answers that show an older state of the cluster are not given'],
];

/** What differs from the same flags of `stoker run`. */
const fallbacks: Readonly<Record<string, string>> = { 'web.listen-address': ':8443', 'web.enable-tls': 'true' };
const sameAsRun =
  /^(?:web\.(?!explain|metrics).*|log-level|log-format|version|short-version|kubeconfig|context|apiserver|as|cert-file|key-file|ca-file|tls-insecure)$/;

/** All flags, in the order of `--help`. */
export const discoveryFlags: readonly Flag[] = [
  ...runFlags
    .filter(({ name }) => sameAsRun.test(name))
    .map((flag) => ({ ...flag, fallback: fallbacks[flag.name] ?? flag.fallback })),
  ...own.map(([name, kind, fallback, description]): Flag => ({ name, kind, fallback, description, group: 'Stoker' })),
];
