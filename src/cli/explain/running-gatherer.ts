import { readFileSync } from 'node:fs';
import { describeError } from '../../base/errors.ts';
import type { RunningPrograms } from '../../core/explain/facts.ts';
import type { Notification } from '../../core/explain/running.ts';
import type { Gatherer } from '../../operator/explain/answer.ts';
import { ExitError, exitCodes } from '../io.ts';
import { shownNotifications } from '../limits.ts';
import { addEvents, askAlertmanagers } from '../running/alertmanagers.ts';
import { readEvents } from '../running/read-events.ts';
import type { ProgramOptions } from '../running/programs.ts';
import { askReplicas } from '../running/replicas.ts';
import { askRulers } from '../running/rulers.ts';
import { askSeries } from '../running/series.ts';

/** Running programs to ask instead of the Pods, by the flags. */
export interface RunningUrls {
  /** Of the replicas of a Prometheus, an agent or a ThanosRuler. */
  readonly prometheusUrl?: readonly string[];
  /** Of the replicas of an Alertmanager. */
  readonly alertmanagerUrl?: readonly string[];
  /** A file with events that an Alertmanager has recorded. */
  readonly alertmanagerEvents?: string;
}

/** What can be asked where there is no cluster. */
export const listAsked = ({ prometheusUrl, alertmanagerUrl, alertmanagerEvents }: RunningUrls): RunningPrograms => ({
  replicas: prometheusUrl !== undefined,
  alertmanagers: alertmanagerUrl !== undefined || alertmanagerEvents !== undefined,
});

/** @throws {ExitError} when the file cannot be read. */
function readEventsFile(file: string): Notification[] {
  try {
    return readEvents(readFileSync(file, 'utf8'), shownNotifications);
  } catch (error) {
    throw new ExitError(exitCodes.usage, `Cannot read --alertmanager-events "${file}": ${describeError(error)}`);
  }
}

/**
 * Asks what runs: at the URLs, else through the API server of `client`, else nothing. Its answers never reject.
 * @throws {ExitError} when the file of events cannot be read.
 */
export function createRunningGatherer(
  { prometheusUrl, alertmanagerUrl, alertmanagerEvents: file }: RunningUrls,
  options: Omit<ProgramOptions, 'urls'>,
): Pick<Gatherer, 'replicas' | 'rulers' | 'series' | 'alertmanagers'> {
  const recorded = file === undefined ? undefined : { file, events: readEventsFile(file) };
  return {
    replicas: (question) => askReplicas(question, { ...options, urls: prometheusUrl }),
    rulers: (question) => askRulers(question, { ...options, urls: prometheusUrl }),
    series: (question) => askSeries(question, { ...options, urls: prometheusUrl }),
    alertmanagers: async (question) => {
      const replicas = await askAlertmanagers(question, { ...options, urls: alertmanagerUrl });
      return recorded === undefined ? replicas : addEvents(replicas, question, recorded);
    },
  };
}
