import { complete } from '../../base/interruptible.ts';
import { dumpYaml } from '../../base/yaml.ts';
import { showName } from '../../core/explain/model.ts';
import { shownHits } from '../../core/limits.ts';
import type { SearchHit, Searched } from '../../core/overview/found-by.ts';
import { search, searchedTypes } from '../../core/overview/search.ts';
import type { Gatherer } from '../../operator/explain/answer.ts';
import { renderTable } from '../table.ts';
import type { StatusStyle } from './status-formats.ts';

/** What a query may mean among all that can be read. @throws {ApiError | TransportError} when a cluster gives no answer. */
export async function findObjects(query: string, { objects }: Pick<Gatherer, 'objects'>): Promise<SearchHit[]> {
  const searched = searchedTypes.map(async ({ kind, type }): Promise<Searched> => {
    return { kind, objects: (await objects(type)).found.list() };
  });
  const hits = complete(search(query, await Promise.all(searched)));
  return hits.slice(0, shownHits).map(({ hit }) => hit);
}

/** How hits are printed, by the value of `--output`. */
export const hitFormats: Readonly<Record<string, (hits: readonly SearchHit[], style: StatusStyle) => string>> = {
  table: printHits,
  wide: printHits,
  json: (hits) => `${JSON.stringify({ hits }, null, 2)}\n`,
  yaml: (hits) => dumpYaml(JSON.parse(JSON.stringify({ hits }))),
};

function printHits(hits: readonly SearchHit[], { suffix }: StatusStyle): string {
  const rows = hits.map((hit) => [hit.kind.toLowerCase(), showName(hit), hit.found, `${writeCommand(hit)}${suffix}`]);
  return renderTable(['KIND', 'NAME', 'FOUND BY', 'MORE'], rows);
}

const writeCommand = ({ kind, namespace, name }: SearchHit): string =>
  `stoker explain ${kind.toLowerCase()} ${kind === 'Alert' ? `${name} -n ${namespace}` : showName({ namespace, name })}`;
