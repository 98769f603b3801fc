import { DockerfileParser } from 'dockerfile-ast';
import type { Instruction, JSONInstruction, Label } from 'dockerfile-ast';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { listEntries, packTar } from './archive.ts';
import type { Artifact } from './oci-layout.ts';
import { sha256 } from './oci-layout.ts';

const root = join(import.meta.dirname, '..', '..');

export interface ImageChoice {
  readonly version: string;
  readonly revision: string;
  readonly date: Date;
  /** A folder that is there for this alone. */
  readonly workspace: string;
}

/** As registries call the machine that this runs on. */
export const architecture = process.arch === 'x64' ? 'amd64' : process.arch;

/** What the Dockerfile says of the image that is shipped. */
function readDockerfile(): { readonly config: object; readonly labels: Readonly<Record<string, string>> } {
  const all = DockerfileParser.parse(readFileSync(join(root, 'Dockerfile'), 'utf8')).getInstructions();
  const last = all.slice(all.findLastIndex((one) => one.getKeyword() === 'FROM'));
  const find = (keyword: string): Instruction | undefined => last.find((one) => one.getKeyword() === keyword);
  const words = (keyword: string): string[] =>
    find(keyword)
      ?.getArguments()
      .map((one) => one.getValue()) ?? [];
  const json = (keyword: string): string[] =>
    (find(keyword) as JSONInstruction | undefined)?.getJSONStrings().map((one) => one.getJSONValue()) ?? [];
  const labels = (find('LABEL') as Label | undefined)?.getProperties() ?? [];
  return {
    labels: Object.fromEntries(labels.map((one) => [one.getName(), one.getValue() ?? ''])),
    config: {
      User: words('USER').join(' '),
      ExposedPorts: Object.fromEntries(words('EXPOSE').map((port) => [`${port}/tcp`, {}])),
      Entrypoint: json('ENTRYPOINT'),
      Cmd: json('CMD'),
    },
  };
}

/** The image of this machine's platform, made without an engine: one layer of what scripts/image.mjs gathers, with the bill of materials in it. */
export async function makeImage({ version, revision, date, workspace }: ImageChoice): Promise<Artifact> {
  const folder = join(workspace, 'image');
  execFileSync(process.execPath, [join(root, 'scripts', 'image.mjs'), folder], { stdio: ['ignore', 'ignore', 2] });
  const layer = await packTar(listEntries(folder), date);
  const { config, labels } = readDockerfile();
  const annotations = {
    ...labels,
    'org.opencontainers.image.revision': revision,
    // The Dockerfile names the image that its Node is from; here it is the machine's.
    'org.opencontainers.image.base.name': `node:${process.versions.node}`,
  };
  const description = {
    created: date.toISOString(),
    ...{ architecture, os: 'linux' },
    config: { ...config, Labels: annotations },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
    history: [{ created: date.toISOString(), created_by: 'npm run release' }],
  };
  return {
    tag: version,
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      content: Buffer.from(JSON.stringify(description)),
    },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', content: gzipSync(layer, { level: 6 }) }],
    annotations,
    platform: { architecture, os: 'linux' },
  };
}
