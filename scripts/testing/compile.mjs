// Compiles the TypeScript of src/, test/ and scripts/ into .stoker/tests/, a file each, and what has not changed only once.
// With tsx each of three hundred processes sends hundreds of modules through its hooks: that took a sixth of CI's CPU time.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root } from '../install.mjs';
import { leanPackages, packageOptions } from './lean-packages.mjs';

const built = join(root, '.stoker', 'tests');

/** Where what a file of the repository is compiled to stands. */
export const builtFile = (file) => join(built, relative(root, file)).replace(/\.ts$/, '.mjs');
/** The file of the repository that one was compiled from; of any other file itself. */
export const sourceFile = (file) =>
  file.startsWith(`${built}/`) ? join(root, relative(built, file)).replace(/\.mjs$/, '.ts') : file;

const packageFile = (name) => join(built, 'packages', `${name}.mjs`);

/** As if it ran where its source stands: what is compiled moves, the files that tests read do not. */
function readSource(path) {
  const here = { dirname: dirname(path), filename: path, url: pathToFileURL(path).href };
  const text = readFileSync(path, 'utf8');
  return text.replaceAll(/\bimport\.meta\.(dirname|filename|url)\b/g, (_, name) => JSON.stringify(here[name]));
}

/** Each file stays a module of its own: they are loaded in the order in which they are imported. */
const oneByOne = {
  name: 'one-by-one',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) => {
      if (kind === 'entry-point') return undefined;
      const file = resolve(resolveDir, path);
      return { path: pathToFileURL(path.endsWith('.ts') ? builtFile(file) : file).href, external: true };
    });
    build.onResolve({ filter: /^[^.]/ }, ({ path }) =>
      path in leanPackages ? { path: pathToFileURL(packageFile(path)).href, external: true } : undefined,
    );
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => ({ contents: readSource(path), loader: 'ts' }));
  },
};

const options = {
  absWorkingDir: root,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  outdir: built,
  outbase: root,
  outExtension: { '.js': '.mjs' },
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'silent',
  write: false,
  plugins: [oneByOne],
};

/** Puts a file there as a whole: another run may read it. */
function put(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
}

/** In the place of what cannot be compiled stands what says so: tests that load it fail, all others run. */
function putComplaint({ text, location: { file, line, column } }) {
  const message = JSON.stringify(`${file}:${line}:${column + 1}: ${text}`);
  put(builtFile(resolve(root, file)), `throw new SyntaxError(${message});\n`);
}

async function compileFiles(files) {
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({ ...options, entryPoints: files });
    for (const { path, contents } of outputFiles) put(path, contents);
  } catch (error) {
    const complaints = (error.errors ?? []).filter(({ location }) => location !== null);
    const wrong = new Set(complaints.map(({ location }) => resolve(root, location.file)));
    const rest = files.filter((file) => !wrong.has(file));
    if (rest.length === files.length) throw error;
    complaints.forEach(putComplaint);
    await compileFiles(rest);
  }
}

/** What was compiled by other means, or for another place, is of no use. */
async function startAnew() {
  const own = ['compile.mjs', 'lean-packages.mjs', '../lean-bundle.mjs', '../../package-lock.json'];
  const hash = createHash('sha256').update(root);
  for (const name of own) hash.update(readFileSync(fileURLToPath(new URL(name, import.meta.url))));
  const stamp = hash.digest('hex');
  const file = join(built, 'stamp');
  if (existsSync(file) && readFileSync(file, 'utf8') === stamp) return;
  rmSync(built, { recursive: true, force: true });
  const { build } = await import('esbuild');
  for (const [name, contents] of Object.entries(leanPackages)) {
    // Named like a module: what a CommonJS package exports as a whole is its default export, as Node has it.
    const stdin = { contents, resolveDir: root, sourcefile: 'package.mjs' };
    const { outputFiles } = await build({ ...packageOptions, stdin });
    put(packageFile(name), outputFiles[0].contents);
  }
  put(file, stamp);
}

const list = (folder, ending) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith(ending))
        .map((name) => join(folder, name))
    : [];

const timeOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;
/** Times are rounded on their way into the file system. */
const isOlder = (file) => !(Math.abs(timeOf(builtFile(file)) - timeOf(file)) < 2);
/** Where the path of an import is worked out, all files that it may mean are compiled into the one that imports them. */
const holdsOthers = (file) => readFileSync(file, 'utf8').includes('import(`');
const isStale = (file) => isOlder(file) || holdsOthers(file);

/** Compiles what has changed in folders of the repository, and removes what has lost its source. */
export async function compile(folders) {
  await startAnew();
  const sources = folders.flatMap((folder) => list(folder, '.ts'));
  const wanted = new Set(sources.map(builtFile));
  for (const file of folders.flatMap((folder) => list(builtFile(folder), '.mjs')))
    if (!wanted.has(file)) rmSync(file, { force: true });
  const stale = new Map(sources.filter(isStale).map((file) => [file, new Date(timeOf(file))]));
  if (stale.size > 0) await compileFiles([...stale.keys()]);
  for (const [file, time] of stale) utimesSync(builtFile(file), time, time);
}
