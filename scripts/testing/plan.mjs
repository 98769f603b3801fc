// Which files a suite has, which of them run side by side, and how many at a time.
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** Suites of `npm test`, in order; those after them need the real control plane built and are run by `npm run e2e`. */
const alone = [
  'architecture',
  'unit',
  'golden',
  'conformance',
  'scenario',
  'simulation',
  'soak',
  'hostile',
  'fuzz',
  'contract',
  'cli',
  'web',
];
const real = ['control-plane', 'e2e'];

/**
 * Files that start a control plane of their own, on free ports: they wait more than they compute, and four of them keep
 * two cores busy.
 */
const realAtOnce = 4;

/** Files of other suites that a real API server answers too, where it is built. */
const compared = [
  'contract/contract.test.ts',
  'contract/kubectl/kubectl.test.ts',
  'scenario/kubernetes/real-api-server.test.ts',
];

/** Files that take longest: begun first, none of them is alone at the end while the other core has nothing to do. */
const longest = [
  'simulation/simulation.test.ts',
  'soak/soak.test.ts',
  'contract/contract.test.ts',
  'e2e/fault-table.test.ts',
  'e2e/rbac-alerting.test.ts',
  'e2e/rbac.test.ts',
  'e2e/faults.test.ts',
  'e2e/takeover-recorded.test.ts',
  'e2e/rbac-revoked.test.ts',
  'e2e/install-helm.test.ts',
  'e2e/chart.test.ts',
];

/** Files that no other file may run beside, each with the reason. Checks do, that give way to all. */
const solitary = {
  'e2e/leader-faults.test.ts': 'leases of 3 s: who is kept from the processor for two of them has lost the lease',
  'e2e/leader.test.ts': 'the other replica has two seconds to take over',
  'e2e/webhook.test.ts': 'sends a hundred reviews a second, and fails when it could not',
};

/** @param words suites, which are folders of test/; none are all that need Node alone; `--all` those and the real ones */
export function listSuites(folder, words) {
  const wanted = words.filter((word) => !word.startsWith('--'));
  if (wanted.length > 0) return wanted;
  return (words.includes('--all') ? [...alone, ...real] : alone).filter((suite) => existsSync(join(folder, suite)));
}

/** @returns {{ suite: string, folder: string, files: string[] }} */
function readSuite(tests, suite) {
  const folder = join(tests, suite);
  if (!existsSync(folder)) return { suite, folder, files: [] };
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const names = entries.filter((name) => name.endsWith('.test.ts')).sort();
  return { suite, folder, files: names.map((name) => join(folder, name)) };
}

const isReal = ({ suite }) => real.includes(suite.split('/')[0]);
const filesOf = (suites) => suites.flatMap(({ files }) => files);

/**
 * What is run after each other. All suites that need Node alone are one part, so that no core waits for the last file of each.
 * @returns {{ suites: { suite: string, folder: string, files: string[] }[], parts: { title: string, files: string[], atOnce: number, real: boolean }[] }}
 */
export function plan(folder, names) {
  const suites = names.map((suite) => readSuite(folder, suite));
  const isAmong = (names) => (file) => names.some((name) => file === join(folder, name));
  const rank = (file) => longest.findIndex((name) => file === join(folder, name)) + 1 || longest.length + 1;
  const files = filesOf(suites).toSorted((a, b) => rank(a) - rank(b));
  const own = new Set([...filesOf(suites.filter(isReal)), ...files.filter(isAmong(compared))]);
  const isSolitary = isAmong(Object.keys(solitary));
  const shared = files.filter((file) => own.has(file) && !isSolitary(file));
  const parts = [
    { title: 'Node alone', files: files.filter((file) => !own.has(file)), atOnce: availableParallelism(), real: false },
    { title: 'real control plane', files: shared, atOnce: realAtOnce, real: true },
    { title: 'real control plane, alone', files: files.filter(isSolitary), atOnce: 1, real: true },
  ];
  return { suites, parts: parts.filter(({ files }) => files.length > 0) };
}
