import { RawScalar, SharedMapping } from '../../base/yaml-writer.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { ConfigError, isList } from '../prometheus-config/values.ts';

/** Mappings and lists inside of each other; configurations of people have a dozen. */
export const deepestConfig = 500;

/** Documents of that many nodes may come from aliases almost entirely… */
const smallDocument = 400_000;
/** …and documents of that many by a tenth alone. */
const largeDocument = 4_000_000;

/** What Go's decoder (yaml.v2) lets aliases contribute to the nodes that it visits. */
function allowedAliasRatio(nodes: number): number {
  const beyond = Math.min(1, Math.max(0, (nodes - smallDocument) / (largeDocument - smallDocument)));
  return 0.99 - 0.89 * beyond;
}

/** Counts nodes as often as aliases make a reader visit them, looking at each but once. */
class NodeCounter {
  /** Nodes below a mapping or list, itself included; 0 while it is being counted. */
  readonly #sizes = new Map<object, number>();
  /** Nodes as they are written. */
  written = 0;

  count(value: YamlValue | undefined, depth: number): number {
    if (typeof value !== 'object' || value === null || value instanceof RawScalar) {
      this.written++;
      return 1;
    }
    const known = this.#sizes.get(value);
    if (known === 0) throw new ConfigError('an anchor contains itself');
    if (known !== undefined) return known;
    if (depth > deepestConfig) throw new ConfigError(`nested too deeply: at most ${deepestConfig} levels are possible`);
    this.#sizes.set(value, 0);
    this.written++;
    let size = 1;
    for (const inside of itemsOf(value)) size += this.count(inside, depth + 1);
    this.#sizes.set(value, size);
    return size;
  }
}

function itemsOf(
  value: Exclude<YamlValue, string | number | boolean | null | RawScalar>,
): Iterable<YamlValue | undefined> {
  if (isList(value)) return value;
  if (value instanceof SharedMapping) return Object.values(value.fields);
  return value instanceof Map ? (value as ReadonlyMap<string, YamlValue>).values() : Object.values(value);
}

/**
 * Refuses documents that a reader could not visit in reasonable time: those that aliases blow up, or that contain themselves, as
 * Go does, and those that are nested beyond reason. Linear in what is written.
 * @throws {ConfigError}
 */
export function checkAliases(document: YamlValue): void {
  const counter = new NodeCounter();
  const visited = counter.count(document, 0);
  const byAlias = visited - counter.written;
  if (visited > 1000 && byAlias > 100 && byAlias / visited > allowedAliasRatio(visited))
    throw new ConfigError('document contains excessive aliasing');
}
