import type { Probe } from './rendered-objects.ts';
import { posix } from 'node:path';

/** A path without ".", "..", doubled or trailing slashes, as Go's path.Clean gives it. */
export function cleanPath(path: string): string {
  const clean = posix.normalize(path);
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean;
}

/** How a probe reaches the program: over the pod's port, or from inside when it listens on localhost only. */
export interface ProbeTarget {
  readonly path: string;
  /** Name or number of the port. */
  readonly port: string | number;
  readonly scheme?: 'HTTPS';
  /** `host:port` for a command inside the container; set when nothing listens outside. */
  readonly localAddress?: string;
}

/** A shell script, because which of curl and wget an image has is not known beforehand. */
function commandFor(url: string): string {
  const has = (tool: string): string => `[ -x "$(command -v ${tool})" ]`;
  return `if ${has('curl')}; then exec curl --fail ${url}; elif ${has('wget')}; then exec wget -q -O /dev/null ${url}; else exit 1; fi`;
}

/** The probe's handler (docs/reference/rendering.md 4.7). Timings are the caller's. */
export function renderProbeHandler(target: ProbeTarget): Probe {
  if (target.localAddress !== undefined) {
    return { exec: { command: ['sh', '-c', commandFor(`http://${target.localAddress}${target.path}`)] } };
  }
  const { path, port, scheme } = target;
  return { httpGet: scheme === undefined ? { path, port } : { path, port, scheme } };
}
