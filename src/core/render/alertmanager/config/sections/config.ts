import { any, inside, items, texts } from '../section-shape.ts';
import type { Section } from '../section-shape.ts';
import { globalSection } from './global-section.ts';
import { receiver } from './receiver-section.ts';
import { inhibitRule, namedInterval, route } from './routing-sections.ts';

/**
 * A whole alertmanager.yml (docs/reference/rendering.md 5.6). The last two are taken over as they are, which the reference
 * does not do yet (docs/reference/versions.md).
 */
export const config: Section = {
  fields: {
    global: inside(globalSection),
    route: inside(route),
    inhibit_rules: items(inhibitRule),
    receivers: items(receiver),
    mute_time_intervals: items(namedInterval, { since: '0.22.0' }),
    time_intervals: items(namedInterval, { since: '0.24.0' }),
    templates: texts({ always: true }),
    tracing: any({ since: '0.30.0' }),
    event_recorder: any({ since: '0.33.0' }),
  },
};
