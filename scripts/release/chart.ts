import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '../../src/base/yaml.ts';
import { listEntries, packTarGz } from './archive.ts';
import type { Artifact } from './oci-layout.ts';

const chartFolder = join(import.meta.dirname, '..', '..', 'charts', 'stoker');

/**
 * The chart as `helm package` packs it. @param registry where the image is, "" for nowhere in particular
 * @throws {Error} when values.yaml has no place for the registry
 */
export async function packChart(registry: string, date: Date): Promise<Buffer> {
  const entries = listEntries(chartFolder, 'stoker/').filter(({ name }) => !name.endsWith('/'));
  const given = entries.map((entry) =>
    entry.name === 'stoker/values.yaml' && registry !== ''
      ? { ...entry, content: Buffer.from(setRegistry(Buffer.from(entry.content).toString('utf8'), registry)) }
      : entry,
  );
  // Helm looks for Chart.yaml first.
  const first = ({ name }: { readonly name: string }): number => (name === 'stoker/Chart.yaml' ? 0 : 1);
  return packTarGz(
    given.sort((a, b) => first(a) - first(b)),
    date,
  );
}

function setRegistry(values: string, registry: string): string {
  const parts = values.split(/^ {2}registry: ''$/m);
  if (parts.length !== 2) throw new Error(`Cannot set the registry "${registry}": values.yaml has no image.registry`);
  return parts.join(`  registry: ${registry}`);
}

/** The packed chart as `helm push` pushes it: https://helm.sh/docs/topics/registries. */
export function describeChart(packed: Buffer, version: string): Artifact {
  const chart = parseYaml(readFileSync(join(chartFolder, 'Chart.yaml'), 'utf8')) as Readonly<Record<string, unknown>>;
  return {
    // A plus sign may not be in a tag.
    tag: version.replaceAll('+', '_'),
    config: {
      mediaType: 'application/vnd.cncf.helm.config.v1+json',
      content: Buffer.from(JSON.stringify(chart)),
    },
    layers: [{ mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', content: packed }],
    annotations: {
      'org.opencontainers.image.title': String(chart.name),
      'org.opencontainers.image.version': version,
      'org.opencontainers.image.description': String(chart.description),
    },
  };
}
