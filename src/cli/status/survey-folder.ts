import { answerOverview } from '../../operator/explain/answer.ts';
import { readKubernetesVersion } from '../explain/explain-request.ts';
import { openFolder } from '../explain/folder-gatherer.ts';
import { readOperator } from '../explain/scope-flags.ts';
import type { Io } from '../io.ts';
import type { StatusFlags } from './status-request.ts';
import { chooseRun } from './surveyor.ts';
import type { Surveyor } from './surveyor.ts';

/** What a cluster with an operator would make of manifests. @throws {ExitError} when a file cannot be used. */
export function surveyFolder(paths: readonly string[], flags: StatusFlags, io: Io): Surveyor {
  const operator = readOperator(flags, readKubernetesVersion(flags.kubernetesVersion ?? ''));
  const { premises, gatherer } = openFolder(paths, { operator, urls: {}, signal: io.signal });
  return { gatherer, survey: () => answerOverview({ premises, gatherer, run: chooseRun(io) }) };
}
