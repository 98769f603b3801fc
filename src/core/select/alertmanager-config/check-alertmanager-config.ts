import { alertmanagerConfigV1Beta1 } from '../../../api/alertmanager-config-v1beta1.ts';
import { alertmanagerConfig, alertmanagerConfigType } from '../../../api/alertmanager-config.ts';
import type { AlertmanagerConfigSpec, Receiver } from '../../../api/alertmanager-config.ts';
import { apiVersionOf } from '../../../api/meta.ts';
import type { KubernetesObject } from '../../../api/meta.ts';
import type { Schema } from '../../../api/schema.ts';
import { applyDefaults } from '../../../api/validate.ts';
import type { StructuralSchema } from '../../../api/validation/structural.ts';
import type { CheckScope } from '../../field-checks/check-scope.ts';
import { reject } from '../../field-checks/check-scope.ts';
import type { Findings } from '../../findings.ts';
import { checkMuteIntervals } from './check-mute-intervals.ts';
import { checkReceiver } from './check-receivers.ts';
import { checkInhibitRules, checkRoot } from './check-route.ts';

type Spec = AlertmanagerConfigSpec & { readonly timeIntervals?: AlertmanagerConfigSpec['muteTimeIntervals'] };

/** What the checks of an AlertmanagerConfig look at besides the object. */
export interface ConfigScope extends CheckScope {
  /** Names of intervals that an Alertmanager's own configuration has: routes may name them too. */
  readonly baseIntervals?: ReadonlySet<string>;
}

/**
 * What is wrong with an AlertmanagerConfig of either version, whatever Alertmanager reads it (docs/reference/rendering.md 5.11,
 * stage A). Beside that, regular expressions of matchers must be right: the reference takes bad ones, and Alertmanager
 * refuses the whole configuration then.
 */
export function* checkAlertmanagerConfig(object: KubernetesObject, scope: ConfigScope): Findings {
  const isStored = object.apiVersion === undefined || object.apiVersion === apiVersionOf(alertmanagerConfigType);
  const schema: Schema = isStored ? alertmanagerConfig : alertmanagerConfigV1Beta1;
  const { spec } = applyDefaults(schema, object) as { readonly spec?: Spec };
  const { receivers = [], route, inhibitRules = [] } = spec ?? {};
  const field = isStored ? 'muteTimeIntervals' : 'timeIntervals';
  const intervals = spec?.[field] ?? [];
  yield* checkReceivers(receivers, scope);
  yield* checkMuteIntervals(intervals, `spec.${field}`);
  const known = {
    receivers: new Set(receivers.map(({ name }) => name)),
    intervals: new Set([...intervals.map(({ name }) => name), ...(scope.baseIntervals ?? [])]),
  };
  if (route !== undefined) yield* checkRoot(route, { known, schema: routeSchemaOf(schema), regexps: scope.regexps });
  yield* checkInhibitRules(inhibitRules, scope.regexps);
}

/** Each has a name of its own. */
function* checkReceivers(receivers: readonly Receiver[], scope: ConfigScope): Findings {
  const names = new Set<string>();
  for (const [at, receiver] of receivers.entries()) {
    const path = `spec.receivers[${at}]`;
    if (names.has(receiver.name))
      yield reject(
        { field: `${path}.name`, reason: 'DuplicateReceiver' },
        `Cannot use receiver name "${receiver.name}": another receiver has it`,
      );
    names.add(receiver.name);
    yield* checkReceiver(receiver, path, scope);
  }
}

function routeSchemaOf(schema: object): StructuralSchema {
  const { properties } = schema as StructuralSchema;
  return properties?.spec?.properties?.route ?? {};
}
