import { readFileSync } from 'node:fs';
import { podType } from '../../api/builtin-types.ts';
import type { Alertmanager } from '../../api/alertmanager.ts';
import { Version } from '../../base/version.ts';
import { describeError } from '../../base/errors.ts';
import { parseYaml } from '../../base/yaml.ts';
import { newestKnown } from '../../core/alertmanager-config/alertmanager-shape.ts';
import { findReplicas } from '../../core/explain/find-replicas.ts';
import type { ReplicasQuestion } from '../../core/explain/questions.ts';
import { createLister } from '../../core/manifests/sources.ts';
import { createLoadContext } from '../../core/prometheus-config/load-context.ts';
import { describeRefusals } from '../../core/refusal.ts';
import { readSilences } from '../../core/routing/read-silences.ts';
import type { Silence } from '../../core/routing/silences.ts';
import type { PodObject } from '../../core/targets/groups/discovered-objects.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { listObjects } from '../../kubernetes/list-objects.ts';
import { ExitError, exitCodes } from '../io.ts';
import { openPrograms, readPart } from '../running/programs.ts';
import type { ProgramOptions } from '../running/programs.ts';
import { readSilences as readAnswer } from '../running/read-alertmanager.ts';
import type { RouteFlags } from './route-request.ts';

/** What is known of silences, and what is to be said of those that are not. */
export interface KnownSilences {
  readonly silences: readonly Silence[];
  readonly notes: readonly string[];
}

/** From JSON or YAML. @throws {ExitError} for a file that cannot be used. */
export function readSilencesFile(file: string): Silence[] {
  const context = createLoadContext(Version.parse(newestKnown), 'utf8');
  try {
    return readSilences(parseYaml(readFileSync(file, 'utf8')), 'silences', context);
  } catch (error) {
    throw new ExitError(exitCodes.usage, `${file}: ${describeError(error)}`);
  }
}

/** Of the file, or of the running Alertmanager at the URL; undefined where neither is given. @throws {ExitError} */
export async function gatherGiven(
  { silences, alertmanagerUrl: url }: RouteFlags,
  signal: AbortSignal,
): Promise<KnownSilences | undefined> {
  if (silences !== undefined) return { silences: readSilencesFile(silences), notes: [] };
  if (url === undefined) return undefined;
  const nowhere = { workload: { kind: 'Alertmanager', namespace: '', name: '' }, pods: [] } as const;
  const known = await askSilences(
    { ...nowhere, web: { scheme: 'http', port: '', prefix: '' } },
    { urls: [url], signal },
  );
  if ('problem' in known) throw new ExitError(exitCodes.failed, `Cannot ask ${url} for its silences: ${known.problem}`);
  return { silences: known.silences, notes: [] };
}

/** Of the Pods of the Alertmanager, where whoever asks may. */
export async function gatherRunning(
  alertmanager: Alertmanager,
  { client, signal }: { readonly client: KubernetesClient; readonly signal: AbortSignal },
): Promise<KnownSilences> {
  const { namespace = '', name = '' } = alertmanager.metadata;
  const { objects, refusals } = await listObjects({ client, namespaces: [namespace], signal }, [podType]);
  const pods = createLister(objects as readonly PodObject[]);
  const question = findReplicas({ kind: 'Alertmanager', namespace, name }, alertmanager, pods);
  const known =
    refusals.length > 0
      ? { problem: describeRefusals(refusals).join('; ') }
      : await askSilences(question, { client, signal });
  return 'silences' in known
    ? { silences: known.silences, notes: [] }
    : {
        silences: [],
        notes: [`Silences are not known: ${known.problem}; --silences and --alertmanager-url tell them`],
      };
}

/** What the replicas that answer have, each silence once. */
async function askSilences(
  question: ReplicasQuestion,
  options: ProgramOptions,
): Promise<{ readonly silences: readonly Silence[] } | { readonly problem: string }> {
  const asked = await Promise.all(
    openPrograms(question, options).map((program) => readPart(program, '/api/v2/silences', readAnswer)),
  );
  const answers = asked.flatMap((part) => ('value' in part ? [part.value] : []));
  if (answers.length === 0) {
    const [problem = 'there is no running replica'] = asked.flatMap((part) => part.problem ?? []);
    return { problem };
  }
  return { silences: [...new Map(answers.flat().map((silence) => [silence.id, silence])).values()] };
}
