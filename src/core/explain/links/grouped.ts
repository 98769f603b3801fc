import { formatDuration } from '../../../base/durations.ts';
import type { AlertCase } from '../alert-way.ts';
import { makeStep } from '../case.ts';
import type { Step } from '../model.ts';

/** How the routes group the alert, and how long its group waits. */
export function judgeGrouped(one: AlertCase): Step {
  const { alertmanager, way, asked, instance } = one;
  const object = alertmanager.name;
  const [route] = way.listReached();
  if (route === undefined) return makeStep('grouped', 'skipped', { reason: 'NotReached', object });
  const { groupBy, groupWait, groupInterval, repeatInterval } = route;
  const by = groupBy.value.length === 0 ? 'all alerts of the route together' : `by ${groupBy.value.join(', ')}`;
  const [wait, interval, repeat] = [groupWait, groupInterval, repeatInterval].map(({ value }) => formatDuration(value));
  const compared = `grouped ${by}`;
  const found = `waits ${wait ?? ''}, then ${interval ?? ''} for news, repeats after ${repeat ?? ''}`;
  const since = instance?.state === 'firing' ? Date.parse(instance.activeAt) : Number.NaN;
  const left = since + groupWait.value - asked.at;
  if (!(left > 0)) return makeStep('grouped', 'pass', { reason: 'Grouped', object, compared, found });
  return makeStep('grouped', 'warn', {
    reason: 'WaitingForGroup',
    object,
    compared,
    found: `the first notification comes in ${formatDuration(Math.ceil(left / 1000) * 1000)}`,
  });
}
