import { createSystemClock } from '../../base/clock.ts';
import { Version } from '../../base/version.ts';
import { newestKnown } from '../../core/alertmanager-config/alertmanager-shape.ts';
import type { AlertQuestion } from '../../core/explain/facts.ts';
import { createLoadContext } from '../../core/prometheus-config/load-context.ts';
import { readAlert, readLabels } from '../../core/routing/read-labels.ts';
import { orRefuse, readTime, readZone } from '../route/route-request.ts';
import { ExitError, exitCodes } from '../io.ts';
import type { ExplainFlags, WantedSubject } from './explain-request.ts';

/** Flags that are about alerts alone, by what commander calls them. */
const alertFlags = {
  label: '--label',
  with: '--with',
  receiver: '--receiver',
  alertmanager: '--alertmanager',
  at: '--at',
  timeZone: '--time-zone',
} as const satisfies Partial<Record<keyof ExplainFlags, string>>;

/** What besides is asked of an alert; undefined for all else. @throws {ExitError} for what cannot be read. */
export function readAlertQuestion(wanted: WantedSubject, flags: ExplainFlags): AlertQuestion | undefined {
  if (wanted.kind !== 'Alert') {
    const foreign = Object.entries(alertFlags).find(([name]) => flags[name as keyof typeof alertFlags] !== undefined);
    if (foreign === undefined) return undefined;
    throw new ExitError(
      exitCodes.usage,
      `Cannot use ${foreign[1]} here: it is about an alert (stoker explain alert NAME)`,
    );
  }
  const zone = readZone(flags.timeZone);
  const context = createLoadContext(Version.parse(newestKnown), 'utf8');
  const { receiver, alertmanager, at } = flags;
  return {
    at: at === undefined ? createSystemClock().now() : readTime(at, zone),
    zone,
    labels: orRefuse(() => readLabels(flags.label ?? [])),
    firing: (flags.with ?? []).map((text) => orRefuse(() => readAlert(text, context))),
    ...(receiver === undefined ? {} : { receiver }),
    ...(alertmanager === undefined ? {} : { alertmanager }),
  };
}
