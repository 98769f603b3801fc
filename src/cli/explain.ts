import { complete } from '../base/interruptible.ts';
import type { Command } from 'commander';
import { alertmanagerType } from '../api/alertmanager.ts';
import { podType, serviceType } from '../api/builtin-types.ts';
import type { ResourceType } from '../api/meta.ts';
import type { Question, Subject } from '../core/explain/facts.ts';
import type { Explanation, ExplanationVerdict, ObjectName } from '../core/explain/model.ts';
import { arrangeExplanation } from '../core/explain/explanation-document.ts';
import { selectedKinds } from '../core/select/selected-kinds.ts';
import { answerQuestion } from '../operator/explain/answer.ts';
import { SubjectNotFoundError } from '../core/explain/not-found.ts';
import type { LocatedManifest } from './check/read.ts';
import { addClusterFlags } from './cluster/connect.ts';
import { addOperatorFlags, readOperator } from './explain/scope-flags.ts';
import { explainCode } from './explain/explain-code.ts';
import { runFix } from './explain/fix.ts';
import type { Ground } from './explain/fix.ts';
import { readFixRequest } from './explain/fix-request.ts';
import { openFolder } from './explain/folder-gatherer.ts';
import type { Folder } from './explain/folder-gatherer.ts';
import { explainFormats } from './explain/explain-formats.ts';
import { readAlertQuestion } from './explain/alert-request.ts';
import { readKubernetesVersion, readShard, readSubject } from './explain/explain-request.ts';
import type { ExplainFlags, WantedSubject } from './explain/explain-request.ts';
import { explainLive } from './explain/live.ts';
import type { TextStyle } from '../core/explain/explanation-text.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { findManifest } from './locate.ts';
import { locatePlace } from './route/locate-place.ts';
import { userConfigKey } from '../core/select/alertmanager-config/base-config.ts';

const help = `
What can be explained: servicemonitor (smon), podmonitor (pmon), probe (prb), scrapeconfig (scfg), pod, service (svc), target URL;
whether rules and routes are used: prometheusrule (promrule), alertmanagerconfig (amcfg); who is notified of an alert, and why
nobody is: alert NAME; whether an Alertmanager is well: alertmanager (am).

Every link of the way is looked at, for each Prometheus: the operator's flags, namespace selector, label selector,
validation, Services or Pods that are selected, port, endpoints, rights of Prometheus' ServiceAccount, relabelling,
shard, limits, other jobs with the same targets; with a cluster also what the replicas have loaded and how their
scrapes went. The first link that fails is the answer. What you may not read becomes "unknown".

The way of an alert goes on from its rule: ConfigMap, loaded, evaluated, firing, sent to an Alertmanager, relabelled, routed,
grouped, inhibited, silenced, muted, delivered. Of what does not fire the labels are known that its rule gives it and that its
expression must leave; say others with --label.

--offline works without a cluster, for CI: endpoints of Services are worked out from Pods, Pods from Deployments and their
like where there are none; what was supposed is said.

The operator's own flags (--namespaces, --deny-namespaces, --controller-id …) are to be given as it has them.

Exit codes:
  0  scraped, used, notified of, or well; with --fix: an edit was printed
  1  cannot be said: there is no such object, the cluster gives no answer, or too little could be read
  2  a flag, an argument or a file cannot be used
  4  not scraped, or not all of it; not used, nobody notified, not well

Examples:
  stoker explain servicemonitor checkout -n shop
  stoker explain pod/checkout-0 -n shop --prometheus monitoring/main
  stoker explain target http://10.0.0.12:8080/metrics
  stoker explain alertmanagerconfig pager -n shop
  stoker explain smon checkout -n shop --offline deploy/ --fix --write
  stoker explain --code STK1203
  stoker explain alert CartDown --label namespace=shop --receiver pager
  stoker explain smon checkout -n shop --offline deploy/ -o json | jq -r .reason`;

/** `stoker explain`: why something is not scraped. */
export function addExplainCommand(program: Command, io: Io): void {
  const command = program
    .command('explain')
    .description(
      'say why something is scraped or not, rules and routes are used, or an alert notifies, and what to change',
    )
    .argument('[kind]', 'kind and name: servicemonitor NAME or servicemonitor/NAME, target URL')
    .argument('[name]', 'name of the object, or the URL')
    .option('-n, --namespace <name>', "namespace of the object; the context's by default")
    .option('-p, --prometheus <name>', 'only this workload: NAMESPACE/NAME')
    .option('--label <label...>', 'of an alert: a label that it has, NAME=VALUE; may be given several times')
    .option('--with <alert...>', 'of an alert: another one that fires, NAME=VALUE,NAME=VALUE')
    .option('--receiver <name>', 'of an alert: the receiver that should be notified; any by default')
    .option('--alertmanager <name>', 'of an alert: only this Alertmanager, NAMESPACE/NAME')
    .option('--at <time>', 'of an alert: when it fires, 2026-12-24T18:00; now by default')
    .option('--time-zone <zone>', "of an alert: the zone of --at and of times that are shown; the machine's by default")
    .option('--shard <number>', 'ask about one shard, counted from 0')
    .option('--offline <path...>', 'files and folders of manifests in the place of a cluster, "-" for stdin')
    .option('--code <code>', 'what a code or reason of any command means: STK1203, SeriesImpossible')
    .option(
      '--fix [number]',
      'print the first proposed edit, or this one: a diff with --offline, else a command of kubectl',
    )
    .option('--write', 'with --fix and --offline: write the edit into the file, and ask again')
    .option('--yes', 'with --write: also what a program may not do unasked')
    .option('-o, --output <format>', Object.keys(explainFormats).join(', '), 'text')
    .option(
      '--prometheus-url <url...>',
      'ask these running replicas of a Prometheus (or ThanosRuler) instead of the Pods of the workload',
    )
    .option(
      '--alertmanager-url <url...>',
      'ask these running replicas of an Alertmanager instead of the Pods of the workload',
    )
    .option('--alertmanager-events <file>', 'events that an Alertmanager has recorded, one JSON object a line')
    .option('--kubernetes-version <version>', 'with --offline: the version of the cluster', '1.36');
  addClusterFlags(addOperatorFlags(command))
    .addHelpText('after', help)
    .action(async (kind: string | undefined, name: string | undefined, flags: ExplainFlags) => {
      const words = [kind, name].filter((word) => word !== undefined);
      if (flags.code === undefined) await runExplain(words, flags, io);
      else io.stdout(lookUp(flags.code, words, flags));
    });
}

/** @throws {ExitError} with code 2 for a code that is not there, or a subject beside it. */
function lookUp(code: string, words: readonly string[], { output }: ExplainFlags): string {
  if (words.length > 0)
    throw new ExitError(exitCodes.usage, `Cannot explain "${words.join(' ')}" together with --code`);
  return explainCode(code, output);
}

/** @throws {ExitError} with code 4 when it is not scraped. */
async function runExplain(words: readonly string[], flags: ExplainFlags, io: Io): Promise<void> {
  const format = explainFormats[flags.output];
  if (format === undefined)
    throw new ExitError(
      exitCodes.usage,
      `Cannot print as "${flags.output}": known are ${Object.keys(explainFormats).join(', ')}`,
    );
  const request = readFixRequest(flags);
  const wanted = readSubject(words, flags.namespace);
  const shard = readShard(flags.shard);
  const alert = readAlertQuestion(wanted, flags);
  const ask = (subject: Subject): Question => ({ subject, workload: flags.prometheus, shard, alert });
  try {
    const answer = (): Promise<Answer> =>
      flags.offline === undefined
        ? answerLive(wanted, ask, { flags, io })
        : answerOffline(wanted, ask, { flags, io, paths: flags.offline });
    const { explanation, style, ground } = await answer();
    if (request === undefined) {
      io.answered?.(() => arrangeExplanation(explanation));
      io.stdout(format(explanation, style, ground.find));
      finish(explanation);
    } else {
      const askAgain = async (): Promise<Explanation> => (await answer()).explanation;
      const again = await runFix(explanation, { request, ground, output: flags.output, io, askAgain });
      if (again !== undefined) finish(again);
    }
  } catch (error) {
    if (error instanceof SubjectNotFoundError) throw new ExitError(exitCodes.failed, error.message);
    throw error;
  }
}

const goodVerdicts: ReadonlySet<ExplanationVerdict> = new Set(['Scraped', 'Used', 'Notified', 'Healthy']);

function finish({ verdict }: Explanation): void {
  if (goodVerdicts.has(verdict)) return;
  throw new ExitError(verdict === 'Unknown' ? exitCodes.failed : exitCodes.notScraped, '');
}

interface Answer {
  readonly explanation: Explanation;
  readonly style: TextStyle;
  readonly ground: Ground;
}

interface Call {
  readonly flags: ExplainFlags;
  readonly io: Io;
}

async function answerLive(
  wanted: WantedSubject,
  ask: (subject: Subject) => Question,
  { flags, io }: Call,
): Promise<Answer> {
  const { explanation, find } = await explainLive((namespace) => ask(placeSubject(wanted, namespace)), flags, io);
  return {
    explanation,
    style: { isTerminal: io.isTerminal, locate: () => undefined },
    ground: { manifests: undefined, find },
  };
}

/** Alerts are looked for in all namespaces, unless one was given. */
function placeSubject(wanted: WantedSubject, namespace: string): Subject {
  if (wanted.kind === 'Target') return wanted;
  return { ...wanted, namespace: wanted.namespace ?? (wanted.kind === 'Alert' ? '' : namespace) };
}

async function answerOffline(
  wanted: WantedSubject,
  ask: (subject: Subject) => Question,
  { flags, io, paths }: Call & { readonly paths: readonly string[] },
): Promise<Answer> {
  const version = readKubernetesVersion(flags.kubernetesVersion ?? '');
  const operator = readOperator(flags, version);
  const folder = openFolder(paths, { operator, urls: flags, signal: io.signal });
  const { premises, gatherer, manifests } = folder;
  const subject = placeSubject(wanted, findNamespace(wanted, folder));
  return {
    explanation: await answerQuestion(ask(subject), { premises, gatherer, run: complete }),
    style: { isTerminal: io.isTerminal, locate: (object, at) => locate(manifests, object, at) },
    ground: { manifests, find: (object) => findManifest(manifests, object)?.object },
  };
}

/** Where no namespace was given: that of the only object of the name, else "default". */
function findNamespace(wanted: WantedSubject, { list }: Pick<Folder, 'list'>): string {
  if (wanted.kind === 'Target' || wanted.kind === 'Alert') return '';
  const type = typeOf(wanted.kind);
  const same = list(type)
    .list()
    .filter(({ metadata }) => metadata.name === wanted.name);
  const [only] = same;
  return only !== undefined && same.length === 1 ? (only.metadata.namespace ?? 'default') : 'default';
}

function typeOf(kind: Exclude<WantedSubject['kind'], 'Target' | 'Alert'>): ResourceType {
  const others = { Pod: podType, Service: serviceType, Alertmanager: alertmanagerType };
  return kind === 'Pod' || kind === 'Service' || kind === 'Alertmanager' ? others[kind] : selectedKinds[kind].type;
}

/** FILE:LINE:COLUMN of a field, or of the nearest one around it that is there. */
function locate(manifests: readonly LocatedManifest[], wanted: ObjectName, at: string): string | undefined {
  const found = findManifest(manifests, wanted);
  if (found === undefined) return undefined;
  if (wanted.kind === 'Secret' && at !== '')
    return locatePlace(manifests, { ...wanted, key: userConfigKey, field: at });
  const { line, column } = found.locate(at, 'value');
  return `${found.file}:${line}:${column}`;
}
