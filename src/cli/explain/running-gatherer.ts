import type { RunningPrograms } from '../../core/explain/facts.ts';
import type { Gatherer } from '../../operator/explain/answer.ts';
import { askAlertmanagers } from '../running/alertmanagers.ts';
import type { ProgramOptions } from '../running/programs.ts';
import { askReplicas } from '../running/replicas.ts';
import { askRulers } from '../running/rulers.ts';

/** Running programs to ask instead of the Pods, by the flags. */
export interface RunningUrls {
  /** Of a Prometheus, an agent or a ThanosRuler. */
  readonly prometheusUrl?: string;
  readonly alertmanagerUrl?: string;
}

/** What can be asked where there is no cluster. */
export const listAsked = ({ prometheusUrl, alertmanagerUrl }: RunningUrls): RunningPrograms => ({
  replicas: prometheusUrl !== undefined,
  alertmanagers: alertmanagerUrl !== undefined,
});

/** Asks what runs: at the URLs, else through the API server of `client`, else nothing. Its answers never reject. */
export function createRunningGatherer(
  { prometheusUrl, alertmanagerUrl }: RunningUrls,
  options: Omit<ProgramOptions, 'url'>,
): Pick<Gatherer, 'replicas' | 'rulers' | 'alertmanagers'> {
  return {
    replicas: (question) => askReplicas(question, { ...options, url: prometheusUrl }),
    rulers: (question) => askRulers(question, { ...options, url: prometheusUrl }),
    alertmanagers: (question) => askAlertmanagers(question, { ...options, url: alertmanagerUrl }),
  };
}
