import type { Api } from '../api.ts';
import { refusal, verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, list, names, text } from '../case.ts';
import { configMap } from '../manifests.ts';

async function listVersion(api: Api): Promise<string> {
  return text((await api.get(api.core('configmaps'))).body.metadata?.resourceVersion);
}

const listWith = (api: Api, query: string) => api.get(`${api.core('configmaps')}?${query}`);

export const resourceVersionCases: readonly ContractCase[] = [
  contractCase(
    'resourceVersion: one counter for all resources, and every write moves it on',
    async (api) => {
      const first = await api.create(api.core('configmaps'), configMap('a'));
      const second = await api.create(api.core('secrets'), { metadata: { name: 'a' } });
      const third = (await api.put(api.core('configmaps/a'), configMap('a', { k: '1' }))).body;
      const versions = [first, second, third].map(({ metadata }) => BigInt(text(metadata?.resourceVersion)));
      return versions.every((version, index) => index === 0 || version > versions[index - 1]!);
    },
    true,
  ),
  contractCase(
    'resourceVersion: a write that changes nothing keeps it',
    async (api) => {
      const made = await api.create(api.core('configmaps'), configMap('a', { k: '1' }));
      const put = await api.put(api.core('configmaps/a'), configMap('a', { k: '1' }));
      const patched = await api.patch(api.core('configmaps/a'), 'merge', { data: { k: '1' } });
      return [put, patched].map(({ status, body }) => ({
        status,
        same: body.metadata?.resourceVersion === made.metadata?.resourceVersion,
      }));
    },
    [
      { status: 200, same: true },
      { status: 200, same: true },
    ],
  ),
  contractCase(
    'resourceVersion: a list with resourceVersionMatch=Exact shows that moment',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      const version = await listVersion(api);
      await api.create(api.core('configmaps'), configMap('b'));
      const { body } = await listWith(api, `resourceVersion=${version}&resourceVersionMatch=Exact`);
      return { names: names(body), same: text(body.metadata?.resourceVersion) === version };
    },
    { names: ['a'], same: true },
  ),
  contractCase(
    'resourceVersion: a list with NotOlderThan and a known version shows at least that',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      const version = await listVersion(api);
      const { status, body } = await listWith(api, `resourceVersion=${version}&resourceVersionMatch=NotOlderThan`);
      return { status, names: names(body) };
    },
    { status: 200, names: ['a'] },
  ),
  contractCase(
    'resourceVersion: resourceVersionMatch without resourceVersion is 422',
    async (api) => refusal(await listWith(api, 'resourceVersionMatch=Exact')),
    {
      status: 422,
      kind: 'Status',
      reason: 'Invalid',
      message:
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
      details: {
        group: 'meta.k8s.io',
        kind: 'ListOptions',
        causes: [
          {
            reason: 'FieldValueForbidden',
            message: 'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
            field: 'resourceVersionMatch',
          },
        ],
      },
      code: 422,
    },
  ),
  contractCase(
    'resourceVersion: Exact with "0" and an unknown match are 422',
    async (api) => {
      const exact = await listWith(api, 'resourceVersion=0&resourceVersionMatch=Exact');
      const unknown = await listWith(api, 'resourceVersion=5&resourceVersionMatch=Newest');
      return [exact, unknown].map(({ status, body }) => [status, list(body.details?.causes).map(({ field }) => field)]);
    },
    [
      [422, ['resourceVersionMatch']],
      [422, ['resourceVersionMatch']],
    ],
  ),
  contractCase(
    'resourceVersion: one that is no number is 400 or 422',
    async (api) => verdict(await listWith(api, 'resourceVersion=abc')),
    '400 BadRequest',
  ),
  contractCase(
    'resourceVersion: a list from the future times out with 504, a cause and a retry hint',
    async (api) => {
      const future = (BigInt(await listVersion(api)) + 1_000_000n).toString();
      const { status, body } = await listWith(api, `resourceVersion=${future}`);
      return {
        status,
        reason: body.reason,
        message: text(body.message).replaceAll(/\d+/g, 'N'),
        details: body.details,
        code: body.code,
      };
    },
    {
      status: 504,
      reason: 'Timeout',
      message: 'Timeout: Too large resource version: N, current: N',
      details: {
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
        retryAfterSeconds: 1,
      },
      code: 504,
    },
  ),
  contractCase(
    'resourceVersion: a get with a version of the future times out too',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      const future = (BigInt(await listVersion(api)) + 1_000_000n).toString();
      return verdict(await api.get(`${api.core('configmaps/a')}?resourceVersion=${future}`));
    },
    '504 Timeout',
  ),
];
