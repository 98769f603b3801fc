import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmbedded, startReal } from './cluster.ts';
import { measure } from './measure.ts';
import { stoker } from './subjects.ts';
const monitors = Number(process.argv[2] ?? 10000);
const real = process.argv.includes('--real');
const cluster = real ? await startReal() : await startEmbedded(monitors);
await cluster.fill(monitors);
let pid = 0;
const s = stoker((process.env.OPARGS ?? '').split(' ').filter(Boolean), process.env.BUNDLE ?? 'dist/stoker.mjs');
const subject = { name: 'x', start: (k: string) => { const c = s.start(k); pid = c.pid ?? 0; return c; } };
const read = () => { const m = new Map<string, number>(); for (const t of readdirSync(`/proc/${pid}/task`)) { const [run = '0'] = readFileSync(`/proc/${pid}/task/${t}/schedstat`, 'utf8').split(' '); const name = readFileSync(`/proc/${pid}/task/${t}/comm`, 'utf8').trim(); m.set(`${name}/${Number(t) - pid}`, Number(run) / 1e6); } return m; };
let last: Map<string, number> | undefined;
const show = (label: string, per: number) => { const now = read(); let sum = 0; const parts: string[] = []; for (const [k, v] of now) { const d = (v - (last?.get(k) ?? 0)) / per; sum += d; if (d > 0.1) parts.push(`${k}=${d.toFixed(1)}`); } last = now; console.log(label, sum.toFixed(1), parts.join(' ')); };
let calls = 0;
const wrapped = { ...cluster, readWrittenBytes: async () => { calls += 1; if (calls === 1) { show('start', 1); await delay(5000); show('idle 5 s', 5); } else show('changes, each', changes); return undefined; } };
const changes = Number(process.env.CHANGES ?? 20);
for (const n of [changes]) {
  const f = await measure(wrapped, subject, { monitors, effort: { changes: n, burst: 0, patienceMs: 60000 } });
  console.log(f);
}
await cluster.stop();
