import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe } from 'node:test';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parseYaml } from '../../src/base/yaml.ts';
import { version } from '../../src/operator/version.ts';
import { invoke } from '../cli/invoke.ts';
import { findBinary } from '../control-plane/locate.ts';
import { Helm, operatorChart } from './support/helm.ts';
import { planSuite } from './support/suite.ts';

const { it, before, after } = planSuite(['helm', 'kubectl']);
const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const release = (...args: readonly string[]) =>
  run(process.execPath, ['--import', 'tsx', join(root, 'scripts', 'release.ts'), ...args], { cwd: root });

const registry = 'r.example/team';

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** An image layout in a folder. */
class Layout {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  read(digest: string): Buffer {
    return readFileSync(join(this.#folder, 'blobs', ...digest.split(':')));
  }

  list(): string[] {
    return readdirSync(join(this.#folder, 'blobs', 'sha256'));
  }

  get index(): { readonly manifests: readonly (Descriptor & { readonly annotations: Record<string, string> })[] } {
    return JSON.parse(readFileSync(join(this.#folder, 'index.json'), 'utf8')) as Layout['index'];
  }

  get digest(): string {
    return this.index.manifests[0]!.digest;
  }

  get manifest(): Manifest {
    return JSON.parse(this.read(this.digest).toString()) as Manifest;
  }
}

/** A registry that has one artifact, for those who pull. */
function serve(layout: Layout): Server {
  return createServer(({ url = '', method }, response) => {
    const [, kind = '', name = ''] = /\/(manifests|blobs)\/([^/]+)$/.exec(url) ?? [];
    if (kind === '') return void response.end();
    const digest = name.startsWith('sha256:') ? name : layout.digest;
    const content = layout.read(digest);
    response.setHeader('docker-content-digest', digest).setHeader('content-length', content.length);
    if (kind === 'manifests') response.setHeader('content-type', layout.index.manifests[0]!.mediaType);
    response.end(method === 'HEAD' ? undefined : content);
  });
}

describe('npm run release', { timeout: 900_000 }, () => {
  let folder = '';
  let helm: Helm;
  const path = (...parts: readonly string[]): string => join(folder, ...parts);
  before(async () => {
    helm = new Helm();
    folder = mkdtempSync(join(tmpdir(), 'stoker-release-'));
    await Promise.all(
      ['one', 'two'].map((name) =>
        release(version, path(name), '--registry', registry, '--url', 'https://x.example/v'),
      ),
    );
  });
  after(async () => {
    await helm.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function unpack(archive: string): Promise<string> {
    const target = path(`in-${archive}`);
    mkdirSync(target, { recursive: true });
    await run('tar', ['-xf', path('one', archive), '-C', target]);
    return target;
  }

  it('makes the same bytes each time, and checksums of all of them', async () => {
    const sums = await readFile(path('one', 'SHA256SUMS'), 'utf8');
    assert.equal(sums, readFileSync(path('two', 'SHA256SUMS'), 'utf8'));
    const files = readdirSync(path('one')).filter((name) => name !== 'SHA256SUMS');
    assert.equal(files.length, 9);
    const found = files.map((name) => `${sha256(readFileSync(path('one', name)))}  ${name}\n`);
    assert.equal(found.sort().join(''), sums.split(/^/m).sort().join(''));
  });

  it('has an image whose parts are those that it names', async () => {
    const name = readdirSync(path('one')).find((one) => one.startsWith('stoker-image-'))!;
    const layout = new Layout(await unpack(name));
    assert.deepEqual(
      layout.index.manifests.map(({ annotations }) => Object.values(annotations)),
      [[version]],
    );
    for (const blob of layout.list()) assert.equal(sha256(layout.read(`sha256:${blob}`)), blob);
    const { config, layers } = layout.manifest;
    for (const { digest, size } of [config, ...layers]) assert.equal(layout.read(digest).length, size);
    const image = JSON.parse(layout.read(config.digest).toString()) as {
      readonly config: Record<string, unknown>;
      readonly rootfs: { readonly diff_ids: readonly string[] };
    };
    const layer = gunzipSync(layout.read(layers[0]!.digest));
    assert.deepEqual(image.rootfs.diff_ids, [`sha256:${sha256(layer)}`]);
    const { User, ExposedPorts, Entrypoint, Cmd } = image.config;
    assert.deepEqual([User, ExposedPorts, Cmd], ['65532:65532', { '8080/tcp': {} }, ['run']]);
    assert.equal((Entrypoint as string[]).at(-1), '/stoker/stoker.mjs');
    for (const file of ['usr/local/bin/node', 'stoker/stoker.mjs', 'stoker/sbom.cdx.json', 'etc/passwd'])
      assert.ok(layer.includes(`${file}\0`), file);
  });

  it('has a chart that helm takes from the file and from a registry', async () => {
    const packed = path('one', `stoker-${version}.tgz`);
    assert.deepEqual(
      await helm.template({}, packed),
      await helm.template({ 'image.registry': registry }, operatorChart),
    );
    const server = serve(new Layout(await unpack(`stoker-chart-${version}.oci.tar`))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const source = `oci://127.0.0.1:${port}/charts/stoker`;
      await helm.run(['pull', source, `--version=${version}`, '--plain-http', `--destination=${folder}`]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    assert.deepEqual(readFileSync(path(`stoker-${version}.tgz`)), readFileSync(packed));
  });

  it('has all manifests, and a bill of materials of what is shipped', async () => {
    const { stdout } = await invoke('install', '--crds', '--image', `${registry}/stoker:${version}`);
    assert.equal(
      readFileSync(path('one', 'bundle.yaml'), 'utf8').replaceAll('---\n', ''),
      stdout.replaceAll('---\n', ''),
    );
    const bill = JSON.parse(readFileSync(path('one', 'sbom.cdx.json'), 'utf8')) as {
      readonly bomFormat: string;
      readonly components: readonly { readonly name: string }[];
    };
    assert.equal(bill.bomFormat, 'CycloneDX');
    const names = bill.components.map(({ name }) => name);
    assert.ok(names.includes('undici') && !names.includes('esbuild'));
  });

  it('has kubectl stoker, as krew installs it', async () => {
    const archive = `kubectl-stoker-${version}.tar.gz`;
    const { spec } = parseYaml(readFileSync(path('one', 'krew.yaml'), 'utf8')) as {
      readonly spec: { readonly version: string; readonly platforms: readonly Record<string, unknown>[] };
    };
    const [platform] = spec.platforms;
    assert.equal(spec.version, `v${version}`);
    assert.equal(platform?.sha256, sha256(readFileSync(path('one', archive))));
    assert.match(String(platform.uri), new RegExp(`^https://x\\.example/v/${archive}$`));
    const plugins = await unpack(archive);
    const files = (platform.files as { from: string }[]).map(({ from }) => from);
    assert.deepEqual(readdirSync(plugins).sort(), files.sort());
    const PATH = [plugins, dirname(process.execPath), process.env.PATH].join(delimiter);
    const { stdout } = await run(findBinary('kubectl')!, ['stoker', '--version'], { env: { ...process.env, PATH } });
    assert.equal(stdout, `${version}\n`);
  });

  it('refuses a version that this is not, and a folder with something in it', async () => {
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr } = await release(...args).then(
        () => ({ code: 0, stderr: '' }),
        (error: unknown) => error as { code: number; stderr: string },
      );
      return `${code} ${stderr}`;
    };
    assert.match(
      await refused('9.9.9', path('four')),
      /^2 Cannot release 9\.9\.9: package\.json says .*npm run generate/,
    );
    assert.match(await refused(version, path('one')), /^2 Cannot use .*one: it is not empty/);
  });

  it('is what the workflow does, with the Node of the Dockerfile', async () => {
    const text = await readFile(join(root, '.github', 'workflows', 'release.yaml'), 'utf8');
    const [, node] = /^FROM node:([\d.]+)-/m.exec(readFileSync(join(root, 'Dockerfile'), 'utf8')) ?? [];
    const { steps } = (parseYaml(text) as { readonly jobs: { readonly release: { steps: Step[] } } }).jobs.release;
    assert.deepEqual(
      steps.flatMap((step) => step.with?.['node-version'] ?? []),
      [node],
    );
    assert.equal(steps.filter(({ run: command = '' }) => command.startsWith('npm run release -- ')).length, 1);
    const archives = [...text.matchAll(/oci-archive:(\S+?)"/g)].map(([, name = '']) => name);
    assert.equal(archives.length, 2);
    for (const name of archives) assert.ok(readdirSync(path('one')).includes(name.replace('$version', version)), name);
  });
});

interface Step {
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
