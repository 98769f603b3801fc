import { podType, serviceType } from '../../api/builtin-types.ts';
import { customKinds } from '../../api/kinds.ts';
import type { ResourceType } from '../../api/meta.ts';
import { dumpYaml } from '../../base/yaml.ts';
import { showName } from '../../core/explain/model.ts';
import { search, searchedKinds } from '../../core/overview/search.ts';
import type { SearchHit, Searched } from '../../core/overview/search.ts';
import type { Gatherer } from '../../operator/explain/answer.ts';
import { renderTable } from '../table.ts';
import type { StatusStyle } from './status-formats.ts';

const types: readonly ResourceType[] = [...customKinds.map(({ type }) => type), podType, serviceType];

/** What a query may mean among all that can be read. @throws {ApiError | TransportError} when a cluster gives no answer. */
export async function findObjects(query: string, { objects }: Pick<Gatherer, 'objects'>): Promise<SearchHit[]> {
  const searched = searchedKinds.map(async (kind): Promise<Searched> => {
    const type = types.find((one) => one.kind === kind);
    return { kind, objects: type === undefined ? [] : (await objects(type)).found.list() };
  });
  return search(query, await Promise.all(searched));
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
