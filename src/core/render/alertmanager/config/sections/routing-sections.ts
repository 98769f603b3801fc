import { duration, flag, items, map, text, texts } from '../section-shape.ts';
import type { Fields, Section } from '../section-shape.ts';

const matching = (side: string): Fields => ({
  [`${side}_match`]: map(),
  [`${side}_match_re`]: map(),
  [`${side}_matchers`]: texts({ needs: '0.22.0' }),
});

/** A rule by which alerts keep others from notifying. */
export const inhibitRule: Section = {
  fields: {
    name: text({ since: '0.30.0' }),
    ...matching('target'),
    ...matching('source'),
    equal: texts(),
  },
};

/** A route with the routes below it (docs/reference/rendering.md 5.8). */
export const route: Section = {
  get fields() {
    return routeFields;
  },
};

const routeFields: Fields = {
  receiver: text(),
  group_by: texts(),
  match: map(),
  match_re: map(),
  matchers: texts({ needs: '0.22.0' }),
  continue: flag({ onlyTrue: true }),
  routes: items(route),
  group_wait: duration(),
  group_interval: duration({ notZero: true }),
  repeat_interval: duration({ notZero: true }),
  mute_time_intervals: texts({ since: '0.22.0' }),
  active_time_intervals: texts({ since: '0.24.0' }),
  labels: map({ since: '0.34.0' }),
};

const timeRange: Section = { fields: { start_time: text(), end_time: text() } };

const timeInterval: Section = {
  fields: {
    times: items(timeRange),
    weekdays: texts(),
    days_of_month: texts(),
    months: texts(),
    years: texts(),
    location: text({ since: '0.25.0' }),
  },
};

/** A time interval with the name that routes refer to. */
export const namedInterval: Section = {
  fields: { name: text({ always: true }), time_intervals: items(timeInterval, { always: true }) },
};
