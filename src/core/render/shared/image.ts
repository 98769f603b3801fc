import { TerminalError } from '../../../base/errors.ts';

const domain =
  /^(?:[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d+)?$/;
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagText = /^\w[\w.-]{0,127}$/;
const digestText = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

interface Reference {
  /** With registry and, for short names of Docker Hub, "library/". */
  readonly name: string;
  readonly tagged: boolean;
}

/** Splits "registry/path" as container runtimes do: the first part is a registry when it looks like a host. */
function splitDomain(name: string): [string, string] {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(0, slash));
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  if (slash === -1 || !isHost) return ['docker.io', slash === -1 ? `library/${name}` : name];
  return [first, name.slice(slash + 1)];
}

function parseReference(image: string): Reference | undefined {
  const [rest = '', digest] = image.split('@', 2);
  const colon = rest.lastIndexOf(':');
  const hasTag = colon > rest.lastIndexOf('/');
  const tag = hasTag ? rest.slice(colon + 1) : undefined;
  const [host, path] = splitDomain(hasTag ? rest.slice(0, colon) : rest);
  const valid =
    domain.test(host) &&
    path.split('/').every((part) => component.test(part)) &&
    (tag === undefined || tagText.test(tag)) &&
    (digest === undefined || digestText.test(digest));
  return valid ? { name: `${host}/${path}`, tagged: hasTag || digest !== undefined } : undefined;
}

/** Where an image can be named in a spec; empty texts mean "unset". */
export interface ImageInput {
  readonly image?: string | undefined;
  /** The deprecated spec.baseImage, or the operator's flag. */
  readonly base: string;
  readonly version?: string | undefined;
  readonly tag?: string | undefined;
  readonly sha?: string | undefined;
}

/**
 * The image of a container (docs/reference/rendering.md 4.13).
 * @throws {TerminalError} when the base is no image reference, or nothing says which version.
 */
export function resolveImage(input: ImageInput): string {
  const { image = '', base, version = '', tag = '', sha = '' } = input;
  if (image.trim() !== '') return image;
  const reference = parseReference(base);
  if (reference === undefined) throw new TerminalError(`Cannot parse image reference "${base}"`);
  if (reference.tagged) return base;
  if (sha !== '') return `${base}@sha256:${sha}`;
  if (tag !== '') {
    if (tagText.test(tag)) return `${reference.name}:${tag}`;
    throw new TerminalError(`Cannot use image tag "${tag}": want letters, digits, "_", "." and "-", 128 at most`);
  }
  if (version === '') throw new TerminalError(`Cannot choose an image of "${base}": set image, version, tag or sha`);
  return `${base}:${version}`;
}
