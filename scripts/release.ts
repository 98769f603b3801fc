// `npm run release -- VERSION [FOLDER] [--url URL] [--registry REGISTRY]`: everything that a release has, in a folder, without a
// network: docs/release.md. The same commit and the same Node give the same bytes.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dumpYaml } from '../src/base/yaml.ts';
import { describeError } from '../src/base/errors.ts';
import { defaultInstall, imageRepository } from '../src/operator/install/defaults.ts';
import { renderInstall } from '../src/operator/install/manifests.ts';
import { renderInstalledCRDs } from '../src/operator/install/side-webhook.ts';
import { version as packageVersion } from '../src/operator/version.ts';
import { fileEntry, packTar, packTarGz } from './release/archive.ts';
import { readChangelog } from './release/changelog.ts';
import { describeChart, packChart } from './release/chart.ts';
import { architecture, makeImage } from './release/image.ts';
import { renderPlugin } from './release/krew.ts';
import { layOut, sha256 } from './release/oci-layout.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Release {
  readonly version: string;
  readonly folder: string;
  /** Where the files of the folder will be had. */
  readonly url: string;
  /** Where the image will be; "" is left to users. */
  readonly registry: string;
  readonly revision: string;
  readonly date: Date;
}

/** What git says, "" where this is no checkout. */
function askGit(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** @throws {Error} for a version that this is not. */
function readRelease(args: readonly string[]): Release {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { url: { type: 'string' }, registry: { type: 'string', default: '' } },
  });
  const [version, folder = join(root, 'release', version ?? '')] = positionals;
  if (version === undefined || positionals.length > 2)
    throw new Error('Usage: npm run release -- VERSION [FOLDER] [--url URL] [--registry REGISTRY]');
  if (version !== packageVersion)
    throw new Error(
      `Cannot release ${version}: package.json says ${packageVersion}; change it there and in the Dockerfile, then npm run generate`,
    );
  const seconds = process.env.SOURCE_DATE_EPOCH ?? (askGit('log', '-1', '--format=%ct') || '0');
  return {
    ...{ version, folder: resolve(folder), registry: values.registry },
    url: values.url ?? `https://releases.example/stoker/v${version}`,
    revision: askGit('rev-parse', 'HEAD') || 'unknown',
    date: new Date(Number(seconds) * 1000),
  };
}

const listManifests = ({ version, registry }: Release): object[] => {
  const image = `${registry === '' ? '' : `${registry}/`}${imageRepository}:${version}`;
  return [...renderInstalledCRDs(defaultInstall), ...renderInstall({ ...defaultInstall, image })];
};

/** The files by name; the image takes most of the time. */
async function makeFiles(release: Release, workspace: string): Promise<Record<string, Uint8Array>> {
  const { version, url, registry, revision, date } = release;
  const image = await makeImage({ version, revision, date, workspace });
  const bundle = readFileSync(join(workspace, 'image', 'stoker', 'stoker.mjs'), 'utf8');
  const chart = await packChart(registry, date);
  const plugin = await packTarGz(
    [fileEntry('LICENSE', read('LICENSE')), fileEntry('kubectl-stoker', bundle, true)],
    date,
  );
  const pluginName = `kubectl-stoker-${version}.tar.gz`;
  const manifest = renderPlugin({ version, url: `${url}/${pluginName}`, sha256: sha256(plugin) });
  return {
    'stoker.mjs': Buffer.from(bundle),
    'sbom.cdx.json': readFileSync(join(workspace, 'image', 'stoker', 'sbom.cdx.json')),
    [`stoker-image-${version}-linux-${architecture}.oci.tar`]: await packTar(layOut(image), date),
    [`stoker-${version}.tgz`]: chart,
    [`stoker-chart-${version}.oci.tar`]: await packTar(layOut(describeChart(chart, version)), date),
    'bundle.yaml': Buffer.from(
      listManifests(release)
        .map((one) => `---\n${dumpYaml(one)}`)
        .join(''),
    ),
    [pluginName]: plugin,
    'krew.yaml': Buffer.from(manifest),
    'CHANGELOG.md': Buffer.from(readChangelog(read('CHANGELOG.md'), version)),
  };
}

async function release(args: readonly string[]): Promise<void> {
  const wanted = readRelease(args);
  mkdirSync(wanted.folder, { recursive: true });
  if (readdirSync(wanted.folder).length > 0) throw new Error(`Cannot use ${wanted.folder}: it is not empty`);
  const workspace = mkdtempSync(join(tmpdir(), 'stoker-release-'));
  try {
    const files = Object.entries(await makeFiles(wanted, workspace)).sort(([a], [b]) => (a < b ? -1 : 1));
    const sums = files.map(([name, content]) => `${sha256(content)}  ${name}\n`).join('');
    for (const [name, content] of files) writeFileSync(join(wanted.folder, name), content);
    writeFileSync(join(wanted.folder, 'SHA256SUMS'), sums);
    chmodSync(join(wanted.folder, 'stoker.mjs'), 0o755);
    process.stdout.write(`${sums}in ${wanted.folder}\n`);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

try {
  await release(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(2);
}
