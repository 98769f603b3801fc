import type { Version } from '../../base/version.ts';
import { readRoutingOf } from '../alertmanager-config/read-routing.ts';
import type { ReceiverSummary, RoutingConfig } from '../alertmanager-config/read-routing.ts';
import type { AlertmanagerMatch, RenderedAlertmanagerConfig } from '../desired/alertmanager-config.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { Matching } from './matching.ts';
import { parseMerged } from './parse-merged.ts';
import { Places } from './places.ts';
import type { Place } from './places.ts';
import { Zones } from '../../base/zones.ts';

/** A place for people and machines; `at` is FILE:LINE:COLUMN, where files are known. */
export interface ShownPlace extends Place {
  readonly at?: string;
}

/** The routes of one Alertmanager, with all that questions about them need. */
export interface RoutingScene {
  readonly match: AlertmanagerMatch;
  readonly config: RoutingConfig;
  readonly places: Places;
  /** By their names, with their indexes. */
  readonly receivers: ReadonlyMap<string, ReceiverSummary & { readonly index: number }>;
  readonly matching: Matching;
  readonly zones: Zones;
  /** FILE:LINE:COLUMN of a place, where it is known. */
  readonly locate: (place: Place) => string | undefined;
}

interface SceneInput {
  readonly match: AlertmanagerMatch;
  readonly rendered: RenderedAlertmanagerConfig;
  readonly version: Version;
  readonly locate: RoutingScene['locate'];
}

/** @throws {ConfigError | YamlError} for a configuration of the user's own that this version does not take. */
export function* createScene({ match, rendered, version, locate }: SceneInput): Interruptible<RoutingScene> {
  const config = yield* readRoutingOf(yield* parseMerged(rendered), version);
  const places = new Places(match, rendered, config);
  const receivers = new Map(config.receivers.map((one, index) => [one.name, { ...one, index }]));
  return { match, config, places, receivers, matching: new Matching(), zones: new Zones(), locate };
}

/** A place with its file and line. */
export function showPlace(place: Place, { locate }: Pick<RoutingScene, 'locate'>): ShownPlace {
  const at = locate(place);
  return at === undefined ? place : { ...place, at };
}
