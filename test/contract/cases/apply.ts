import { refusal, verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, list, text } from '../case.ts';
import { configMap, service } from '../manifests.ts';
import { managers, applied, apply } from './applied.ts';

export const applyCases: readonly ContractCase[] = [
  contractCase(
    'apply: creates a missing object with 201 and records who owns which field',
    async (api) => {
      const { status, body } = await apply(api, 'one', applied({ k: 'v' }, { labels: { x: 'y' } }));
      return { status, data: body.data, managers: managers(body) };
    },
    {
      status: 201,
      data: { k: 'v' },
      managers: [
        {
          manager: 'one',
          operation: 'Apply',
          apiVersion: 'v1',
          fieldsType: 'FieldsV1',
          fieldsV1: { 'f:data': { 'f:k': {} }, 'f:metadata': { 'f:labels': { 'f:x': {} } } },
          hasTime: true,
        },
      ],
    },
  ),
  contractCase(
    'apply: the same again is 200 and changes nothing, not even the resourceVersion',
    async (api) => {
      const first = await apply(api, 'one', applied({ k: 'v' }));
      const second = await apply(api, 'one', applied({ k: 'v' }));
      return {
        status: second.status,
        same: first.body.metadata?.resourceVersion === second.body.metadata?.resourceVersion,
      };
    },
    { status: 200, same: true },
  ),
  contractCase(
    'apply: a field that is no longer applied is removed',
    async (api) => {
      await apply(api, 'one', applied({ k: 'v', l: 'w' }));
      const { body } = await apply(api, 'one', applied({ k: 'v' }));
      return body.data;
    },
    { k: 'v' },
  ),
  contractCase(
    'apply: a field that another manager owns too stays when one lets go',
    async (api) => {
      await apply(api, 'one', applied({ k: 'v', l: 'w' }));
      await apply(api, 'two', applied({ l: 'w' }));
      const { body } = await apply(api, 'one', applied({ k: 'v' }));
      return body.data;
    },
    { k: 'v', l: 'w' },
  ),
  contractCase(
    'apply: another value for a field of another manager is 409 with one cause a field',
    async (api) => {
      await apply(api, 'one', applied({ k: 'v', l: 'w' }));
      return refusal(await apply(api, 'two', applied({ k: 'other', l: 'other' })));
    },
    {
      status: 409,
      kind: 'Status',
      reason: 'Conflict',
      message: 'Apply failed with 2 conflicts: conflicts with "one":\n- .data.k\n- .data.l',
      details: {
        causes: [
          { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.k' },
          { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.l' },
        ],
      },
      code: 409,
    },
  ),
  contractCase(
    'apply: one conflict with an updater names its manager, operation and version',
    async (api) => {
      await api.post(`${api.core('configmaps')}?fieldManager=hand`, configMap('a', { k: 'v' }));
      const { status, body } = await apply(api, 'one', applied({ k: 'other' }));
      const message = text(body.message);
      return { status, message: message.replace(/ at TIME| at \S+Z/, '') };
    },
    { status: 409, message: 'Apply failed with 1 conflict: conflict with "hand" using v1: .data.k' },
  ),
  contractCase(
    'apply: force takes the field over',
    async (api) => {
      await apply(api, 'one', applied({ k: 'v' }));
      const { status, body } = await apply(api, 'two', applied({ k: 'other' }), 'force=true');
      const owners = (managers(body) as { manager: string; fieldsV1: unknown }[]).map(({ manager, fieldsV1 }) => [
        manager,
        fieldsV1,
      ]);
      return { status, data: body.data, owners };
    },
    { status: 200, data: { k: 'other' }, owners: [['two', { 'f:data': { 'f:k': {} } }]] },
  ),
  contractCase(
    'apply: without fieldManager it is 422',
    async (api) => refusal(await api.patch(api.core('configmaps/a'), 'apply', applied({}))),
    {
      status: 422,
      kind: 'Status',
      reason: 'Invalid',
      message: 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      details: {
        group: 'meta.k8s.io',
        kind: 'PatchOptions',
        causes: [
          {
            reason: 'FieldValueRequired',
            message: 'Required value: is required for apply patch',
            field: 'fieldManager',
          },
        ],
      },
      code: 422,
    },
  ),
  contractCase(
    'apply: managedFields in the body are refused, an empty list elsewhere clears them',
    async (api) => {
      const made = await apply(api, 'one', applied({ k: 'v' }));
      const refused = await apply(
        api,
        'one',
        applied({ k: 'v' }, { managedFields: made.body.metadata?.managedFields }),
      );
      const cleared = await api.patch(api.core('configmaps/a'), 'merge', { metadata: { managedFields: [{}] } });
      return {
        refused: [refused.status, refused.body.message],
        left: list(cleared.body.metadata?.managedFields).length,
      };
    },
    { refused: [400, 'metadata.managedFields must be nil'], left: 0 },
  ),
  contractCase(
    'apply: a resourceVersion in the body is checked',
    async (api) => {
      await apply(api, 'one', applied({ k: 'v' }));
      return verdict(await apply(api, 'one', applied({ k: 'w' }, { resourceVersion: '1' })));
    },
    '409 Conflict',
  ),
  contractCase(
    'apply: a body in YAML is read',
    async (api) => {
      const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: |\n    two\n    lines\n';
      const headers = { 'content-type': 'application/apply-patch+yaml' };
      const answer = await api.request('PATCH', `${api.core('configmaps/a')}?fieldManager=one`, { body, headers });
      return { status: answer.status, data: answer.body.data };
    },
    { status: 201, data: { k: 'two\nlines\n' } },
  ),
  contractCase(
    'apply: an unknown field is refused',
    async (api) => {
      const { status, body } = await api.apply(api.core('services/a'), 'one', {
        ...service('a'),
        spec: { ports: [{ port: 80, protocol: 'TCP' }], colour: 'red' },
      });
      return { status, names: text(body.message).includes('.spec.colour: field not declared in schema') };
    },
    { status: 500, names: true },
  ),
];
