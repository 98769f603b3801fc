import type { Filter } from '../../../../../api/scrape-config/filter.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';
import { compareBytes } from '../../../../../base/order.ts';
import { unlessNone } from '../blocks.ts';

/** Filters of an API, sorted by name so that their order in the spec changes nothing. */
export function renderFilters(filters: readonly Filter[] | undefined): readonly YamlFields[] | undefined {
  const sorted = [...(filters ?? [])].sort((a, b) => compareBytes(a.name, b.name));
  return unlessNone(sorted.map(({ name, values }) => ({ name, values })));
}
