import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { startEmbedded, startReal } from './cluster.ts';
import { measure } from './measure.ts';
import { stoker } from './subjects.ts';
import { leanBundle } from '../../scripts/lean-bundle.mjs';
const monitors = Number(process.argv[2] ?? 10000);
const real = process.argv.includes('--real');
await build({ entryPoints: ['src/main.ts'], outfile: '/tmp/prof/stoker.mjs', bundle: true, platform: 'node', target: 'node20', format: 'esm', sourcemap: 'external', logLevel: 'warning', plugins: [leanBundle],
  banner: { js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);" } });
const cluster = real ? await startReal() : await startEmbedded(monitors);
await cluster.fill(monitors);
let done: Promise<void> | undefined;
const subject = stoker(['--debug.listen-address=127.0.0.1:28181'], '/tmp/prof/stoker.mjs');
const wrapped = { ...cluster, readWrittenBytes: async () => { done ??= fetch('http://127.0.0.1:28181/debug/pprof/profile?seconds=8').then(async (r) => writeFileSync('/tmp/prof/p.cpuprofile', await r.text())); return undefined; } };
const f = await measure(wrapped, subject, { monitors, effort: { changes: 20, burst: 0, patienceMs: 60000 } });
await done;
console.log(f);
await cluster.stop();
