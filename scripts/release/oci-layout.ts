import { createHash } from 'node:crypto';
import { fileEntry } from './archive.ts';
import type { ArchiveEntry } from './archive.ts';

export const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Content with its media type, as a manifest refers to it. */
export interface Blob {
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** What one tag of a registry stands for: https://github.com/opencontainers/image-spec, manifest.md. */
export interface Artifact {
  readonly tag: string;
  readonly config: Blob;
  readonly layers: readonly Blob[];
  readonly annotations: Readonly<Record<string, string>>;
  /** Of an image that runs on one platform only. */
  readonly platform?: { readonly architecture: string; readonly os: string };
}

const describe = ({ mediaType, content }: Blob): object => ({
  mediaType,
  digest: `sha256:${sha256(content)}`,
  size: content.byteLength,
});

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** The files of an OCI image layout, as skopeo, oras, podman and docker load take it: image-layout.md there. */
export function layOut({ tag, config, layers, annotations, platform }: Artifact): ArchiveEntry[] {
  const manifest: Blob = {
    mediaType: manifestType,
    content: Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: manifestType,
        config: describe(config),
        layers: layers.map(describe),
        annotations,
      }),
    ),
  };
  const listed = {
    ...describe(manifest),
    ...(platform === undefined ? {} : { platform }),
    annotations: { 'org.opencontainers.image.ref.name': tag },
  };
  const blobs = [config, ...layers, manifest].map(({ content }) => ({
    name: `blobs/sha256/${sha256(content)}`,
    content,
  }));
  return [
    fileEntry('oci-layout', JSON.stringify({ imageLayoutVersion: '1.0.0' })),
    fileEntry('index.json', JSON.stringify({ schemaVersion: 2, manifests: [listed] })),
    ...blobs.sort((a, b) => (a.name < b.name ? -1 : 1)),
  ];
}
