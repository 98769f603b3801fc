import { isDesiredAlertmanager } from '../../core/desired/desired-alertmanager.ts';
import { isDesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import { isDesiredThanosRuler } from '../../core/desired/desired-thanos-ruler.ts';
import type { Desired } from '../../core/desired/steps.ts';
import { describeAlertmanager } from './alertmanager-subject.ts';
import { describePrometheus } from './prometheus-subject.ts';
import { describeThanosRuler } from './ruler-subject.ts';
import type { Subject } from './subject.ts';

/** Undefined for a kind whose replicas are not asked. */
export function describeSubject(desired: Desired): Subject | undefined {
  if (isDesiredPrometheus(desired)) return describePrometheus(desired);
  if (isDesiredAlertmanager(desired)) return describeAlertmanager(desired);
  return isDesiredThanosRuler(desired) ? describeThanosRuler(desired) : undefined;
}
