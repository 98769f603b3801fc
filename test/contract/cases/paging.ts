import type { Api } from '../api.ts';
import { verdict } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, names, text } from '../case.ts';
import { configMap } from '../manifests.ts';

async function createMany(api: Api, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await api.create(api.core('configmaps'), configMap(`m${index}`, {}, { labels: { even: String(index % 2 === 0) } }));
  }
}

async function page(api: Api, limit: number, more = ''): Promise<Loose> {
  return (await api.get(`${api.core('configmaps')}?limit=${limit}${more}`)).body;
}

const tokenOf = (body: Loose): string => encodeURIComponent(text(body.metadata?.continue));

export const pagingCases: readonly ContractCase[] = [
  contractCase(
    'paging: pages follow each other, count what is left and have one resourceVersion',
    async (api) => {
      await createMany(api, 5);
      const first = await page(api, 2);
      const second = await page(api, 2, `&continue=${tokenOf(first)}`);
      const third = await page(api, 2, `&continue=${tokenOf(second)}`);
      const pages = [first, second, third];
      return {
        names: pages.map(names),
        left: pages.map(({ metadata }) => metadata?.remainingItemCount ?? 'none'),
        more: pages.map(({ metadata }) => metadata?.continue !== undefined),
        sameVersion: new Set(pages.map(({ metadata }) => text(metadata?.resourceVersion))).size === 1,
      };
    },
    {
      names: [['m0', 'm1'], ['m2', 'm3'], ['m4']],
      left: [3, 1, 'none'],
      more: [true, true, false],
      sameVersion: true,
    },
  ),
  contractCase(
    'paging: later pages show the state of the first page',
    async (api) => {
      await createMany(api, 4);
      const first = await page(api, 2);
      await api.delete(api.core('configmaps/m3'));
      await api.create(api.core('configmaps'), configMap('m22'));
      return names(await page(api, 5, `&continue=${tokenOf(first)}`));
    },
    ['m2', 'm3'],
  ),
  contractCase(
    'paging: with a selector a page is filled and remainingItemCount is left out',
    async (api) => {
      await createMany(api, 5);
      const first = await page(api, 2, '&labelSelector=even%3Dtrue');
      const { remainingItemCount = 'none', continue: token } = first.metadata ?? {};
      const second = await page(api, 2, `&labelSelector=even%3Dtrue&continue=${encodeURIComponent(text(token))}`);
      return { names: [names(first), names(second)], remainingItemCount };
    },
    { names: [['m0', 'm2'], ['m4']], remainingItemCount: 'none' },
  ),
  contractCase(
    'paging: a limit of exactly the number of items gives no continue token',
    async (api) => {
      await createMany(api, 2);
      const { metadata } = await page(api, 2);
      return { more: metadata?.continue !== undefined, left: metadata?.remainingItemCount ?? 'none' };
    },
    { more: false, left: 'none' },
  ),
  contractCase(
    'paging: a continue token with a resourceVersion is 400',
    async (api) => {
      await createMany(api, 3);
      const first = await page(api, 1);
      return verdict(await api.get(`${api.core('configmaps')}?limit=1&resourceVersion=1&continue=${tokenOf(first)}`));
    },
    '400 BadRequest',
  ),
  contractCase(
    'paging: a continue token that is none is 400',
    async (api) => verdict(await api.get(`${api.core('configmaps')}?limit=1&continue=nonsense`)),
    '400 BadRequest',
  ),
  contractCase(
    'paging: limit with resourceVersion=0 may give everything but never a wrong object',
    async (api) => {
      await createMany(api, 3);
      const body = await page(api, 500, '&resourceVersion=0');
      return { few: names(body).every((name) => /^m[012]$/.test(name)), more: body.metadata?.continue !== undefined };
    },
    { few: true, more: false },
  ),
];
