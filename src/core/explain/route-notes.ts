import { keyOf } from '../../api/meta.ts';
import type { AssetStore } from '../assets/store.ts';
import type { AlertmanagerMatch } from '../desired/alertmanager-config.ts';
import type { Desired } from '../desired/steps.ts';
import { listRejected } from '../desired/steps.ts';
import { codeOf } from '../reasons/lookup.ts';
import { describeRejection } from '../rejection.ts';

/** What is to be said of the routes of an Alertmanager, and whose matter it is. */
export interface SceneNote {
  readonly kind: string;
  readonly namespace: string;
  readonly text: string;
}

/** What the routes lack: those of objects that are rejected, and the base where its Secret is not there. */
export const listSceneNotes = (match: AlertmanagerMatch, desired: Desired, assets: AssetStore): SceneNote[] => [
  ...listMissing(match, assets),
  ...listRejected(desired).map(({ type: { kind }, object, rejection }) => ({
    kind,
    namespace: object.metadata.namespace ?? '',
    text: `${kind} ${keyOf(object)} is rejected, its routes are not there: ${describeRejection(rejection)} [${codeOf(rejection.reason)}]`,
  })),
];

/** What the routes begin with when the Secret is not there. */
function listMissing({ source, alertmanager }: AlertmanagerMatch, assets: AssetStore): SceneNote[] {
  if (source.kind === 'object' || assets.readBytes(source.secret) !== undefined) return [];
  const { namespace, name, key } = source.secret;
  return [
    {
      ...{ kind: 'Alertmanager', namespace: alertmanager.metadata.namespace ?? '' },
      text: `Secret ${namespace}/${name} with key ${key} was not found: the routes begin with a receiver that tells nobody`,
    },
  ];
}
