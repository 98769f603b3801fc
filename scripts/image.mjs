// `node scripts/image.mjs FOLDER [--start]`: makes FOLDER the root file system of the image: this Node with the libraries that it
// is linked to, the bundle, its bill of materials, and the names that a C library looks up. The Dockerfile runs it, and so
// can everybody without an engine. `--start` runs the operator from the folder, as the image's user where that is
// possible, and says how long it took until it listened.
import { execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './install.mjs';

/** The user of the image, as the Dockerfile and the manifests have it. */
const user = 65_532;
const node = '/usr/local/bin/node';
const bundle = '/stoker/stoker.mjs';

const names = {
  '/etc/passwd': `root:x:0:0:root:/root:/sbin/nologin\nstoker:x:${user}:${user}:stoker:/stoker:/sbin/nologin\n`,
  '/etc/group': `root:x:0:\nstoker:x:${user}:\n`,
  '/etc/nsswitch.conf': 'hosts: files dns\n',
};

function run(command, args) {
  return execFileSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Absolute paths of the shared libraries of a program, the loader included. */
function listLibraries(program) {
  return run('ldd', [program])
    .split('\n')
    .flatMap((line) => /(\/\S+) \(0x/.exec(line)?.slice(1) ?? []);
}

function place(folder, from, to) {
  mkdirSync(join(folder, dirname(to)), { recursive: true });
  copyFileSync(realpathSync(from), join(folder, to));
}

function write(folder, to, text) {
  mkdirSync(join(folder, dirname(to)), { recursive: true });
  writeFileSync(join(folder, to), text);
}

/** CycloneDX, of what the lock file names; without what npm gives anew each time: the same lock file makes the same bytes. */
function renderBillOfMaterials() {
  const { serialNumber: _serial, metadata, ...rest } = JSON.parse(listPackages());
  const { timestamp: _time, ...described } = metadata;
  return `${JSON.stringify({ ...rest, metadata: described }, null, 2)}\n`;
}

function listPackages() {
  return run('npm', [
    'sbom',
    '--omit=dev',
    '--package-lock-only',
    '--sbom-format=cyclonedx',
    '--sbom-type=application',
  ]);
}

function makeImage(folder) {
  rmSync(folder, { recursive: true, force: true });
  place(folder, process.execPath, node);
  for (const library of listLibraries(process.execPath)) place(folder, library, library);
  run(process.execPath, ['scripts/build.mjs', join(folder, bundle)]);
  write(folder, '/stoker/sbom.cdx.json', renderBillOfMaterials());
  place(folder, join(root, 'LICENSE'), '/stoker/LICENSE');
  const nodeLicense = join(dirname(realpathSync(process.execPath)), '..', 'LICENSE');
  if (existsSync(nodeLicense)) place(folder, nodeLicense, '/usr/local/LICENSE');
  for (const [path, text] of Object.entries(names)) write(folder, path, text);
}

function sizeOf(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function describeSizes(folder) {
  const megabytes = (path) => `${(sizeOf(join(folder, path)) / 1e6).toFixed(1)} MB`;
  return `${megabytes('.')}: node ${process.versions.node} ${megabytes(node)}, bundle ${megabytes(bundle)}, bill of materials ${megabytes('stoker/sbom.cdx.json')}`;
}

/** Inside the folder as the image's user, which only root may arrange; else with the folder's bundle and this machine's libraries. */
function startCommand(folder) {
  if (process.getuid?.() !== 0) return [join(folder, node), join(folder, bundle)];
  return ['chroot', `--userspec=${user}:${user}`, folder, node, bundle];
}

function connects(port) {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => (socket.destroy(), resolve(true))).once('error', () => resolve(false));
  });
}

async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Milliseconds until the operator listens; it needs no API server for that. */
async function measureStart(folder) {
  const [command, ...args] = startCommand(folder);
  const port = await findFreePort();
  const flags = ['run', '--apiserver=http://127.0.0.1:9', `--web.listen-address=127.0.0.1:${port}`];
  const start = performance.now();
  const child = spawn(command, [...args, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  try {
    while (!(await connects(port))) {
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}:\n${output}`);
      if (performance.now() - start > 60_000) throw new Error(`It does not listen after a minute:\n${output}`);
      await delay(5);
    }
    return Math.round(performance.now() - start);
  } finally {
    child.kill('SIGKILL');
  }
}

const [folder, flag] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-') || !['--start', undefined].includes(flag)) {
  process.stderr.write('Usage: node scripts/image.mjs FOLDER [--start]\n');
  process.exit(2);
}
const target = resolve(folder);
if (existsSync(target) && !existsSync(join(target, bundle)) && readdirSync(target).length > 0) {
  process.stderr.write(`Cannot use ${target}: it is not empty and holds no earlier image\n`);
  process.exit(2);
}
makeImage(target);
process.stdout.write(`${describeSizes(target)}\n`);
if (flag === '--start') process.stdout.write(`listens after ${await measureStart(target)} ms\n`);
