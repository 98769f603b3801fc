/** Who imports whom: by node, the nodes that it leads to. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** The shortest way from a node back to itself, both ends included; undefined when there is none. */
function findWayBack(graph: Graph, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at] ?? '';
    for (const next of graph.get(node) ?? []) {
      if (next === start) return [...traceBack(cameFrom, node), start];
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return undefined;
}

/** The way that led to a node, from the start on. */
function traceBack(cameFrom: ReadonlyMap<string, string>, end: string): string[] {
  const way = [end];
  for (let node = cameFrom.get(end); node !== undefined; node = cameFrom.get(node)) way.unshift(node);
  return way;
}

/** Circles of a graph, each once, as "a → b → a". */
export function findCircles(graph: Graph): string[] {
  const seen = new Set<string>();
  const circles: string[] = [];
  for (const start of graph.keys()) {
    if (seen.has(start)) continue;
    const way = findWayBack(graph, start);
    if (way === undefined) continue;
    for (const node of way) seen.add(node);
    circles.push(way.join(' → '));
  }
  return circles;
}
