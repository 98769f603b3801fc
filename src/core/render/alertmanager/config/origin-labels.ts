import type { Version } from '../../../../base/version.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';

/** Labels that name the AlertmanagerConfig which a receiver or a route is from. */
export const originLabels = { namespace: 'alertmanagerconfig_namespace', name: 'alertmanagerconfig_name' } as const;

/** Where receivers and routes are from, and what writes it into the configuration. */
export interface Origin {
  readonly namespace: string;
  readonly name: string;
  readonly version: Version;
}

/**
 * Adds the labels to a receiver: /api/v2/receivers shows them, and queries filter by them. Alertmanager reads labels of receivers from
 * version 0.33 on; for those before it they are not written.
 */
export const labelReceiver = (receiver: YamlFields, origin: Origin | undefined): YamlFields =>
  addLabels(receiver, origin, '0.33.0');

/**
 * Adds the labels to the route at the top of an object: those below inherit them. /api/v2/alerts/groups shows them, and templates have
 * them as `routeLabels`. Alertmanager reads labels of routes from version 0.34 on.
 */
export const labelRoute = (route: YamlFields, origin: Origin | undefined): YamlFields =>
  addLabels(route, origin, '0.34.0');

function addLabels(fields: YamlFields, origin: Origin | undefined, since: string): YamlFields {
  if (origin?.version.isAtLeast(since) !== true) return fields;
  const { namespace, name } = origin;
  return {
    ...fields,
    labels: new Map([
      [originLabels.namespace, namespace],
      [originLabels.name, name],
    ]),
  };
}
