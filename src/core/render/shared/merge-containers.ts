import type { Container } from '../../../api/core/container.ts';
import type { Probe } from './rendered-objects.ts';
import { TerminalError } from '../../../base/errors.ts';
import { containerMergeSchema } from '../../../base/merge-keys.ts';
import { applyStrategicMergePatch } from '../../../base/strategic-merge.ts';

const probeKinds = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
const handlers = ['exec', 'grpc', 'httpGet', 'tcpSocket'] as const;

/** A probe has one handler: where the merge left two, the user's stays. */
function settleHandlers(merged: Probe, patch: Probe): Probe {
  const present = handlers.filter((handler) => merged[handler] !== undefined);
  const chosen = handlers.find((handler) => patch[handler] !== undefined);
  if (present.length < 2 || chosen === undefined) return merged;
  const kept = { ...merged };
  for (const handler of present) if (handler !== chosen) Reflect.deleteProperty(kept, handler);
  return kept;
}

function mergeContainer(own: Container, patch: Container): Container {
  let merged: Container;
  try {
    merged = applyStrategicMergePatch({ ...own }, { ...patch }, containerMergeSchema) as unknown as Container;
  } catch (cause) {
    throw new TerminalError(`Cannot merge container "${patch.name}" into the operator's`, { cause });
  }
  for (const kind of probeKinds) {
    const [probe, given] = [merged[kind], patch[kind]];
    if (probe !== undefined && given !== undefined) merged[kind] = settleHandlers(probe, given);
  }
  return merged;
}

/**
 * The operator's containers, each with the user's container of the same name applied as a strategic merge patch (the last
 * one if there are several), then the user's other containers in their order (docs/reference/rendering.md 4.11).
 * @throws {TerminalError} when a patch cannot be applied.
 */
export function mergeContainers(own: readonly Container[], user: readonly Container[] | undefined): Container[] {
  const patches = new Map((user ?? []).map((container) => [container.name, container]));
  const merged = own.map((container) => {
    const patch = patches.get(container.name);
    return patch === undefined ? container : mergeContainer(container, patch);
  });
  const taken = new Set(own.map(({ name }) => name));
  const added = [...patches.values()].filter(({ name }) => !taken.has(name));
  return [...merged, ...added];
}
