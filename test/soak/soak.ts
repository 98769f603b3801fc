import { parseArgs } from 'node:util';
import { createTemplate } from '../simulation/cluster.ts';
import { realAllowances, runRealSoak } from './real.ts';
import { runSimulatedSoak, simulatedAllowances } from './simulated.ts';
import { describeTrends, judgeTrends } from './trend.ts';
import type { Allowance, Sample } from './trend.ts';

/**
 * `npm run soak -- [--minutes N] [--sandbox]`: the operator as a process, for real minutes.
 * `npm run soak -- --simulated [--days N] [--monitors N] [--every-minutes N]`: a month on simulated time.
 * Both print their figures and end with exit code 1 when one of them grows.
 */

const { values } = parseArgs({
  options: {
    simulated: { type: 'boolean', default: false },
    days: { type: 'string', default: '30' },
    monitors: { type: 'string' },
    'every-minutes': { type: 'string', default: '10' },
    minutes: { type: 'string', default: '20' },
    sandbox: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
});
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const seed = Number(values.seed);
const cpu = process.cpuUsage();

if (values.simulated) await soakSimulated(Number(values.days));
else await soakReal(Number(values.minutes));

async function soakSimulated(days: number): Promise<void> {
  const template = await createTemplate();
  const soak = await runSimulatedSoak({
    days,
    seed,
    template,
    monitors: Number(values.monitors ?? 1000),
    everyMinutes: Number(values['every-minutes']),
    sampleHours: Math.max(1, Math.round((days * 24) / 60)),
    onSample: (sample) => print(writeSample(sample)),
  });
  const { user, system } = process.cpuUsage(cpu);
  print(
    `${days} simulated days: ${soak.changes} changes, ${soak.faults} faults, ${soak.writes} writes, ` +
      `${soak.processes} process, ${((user + system) / 1e6).toFixed(0)} s of CPU`,
  );
  print(`event loop held at most ${soak.longestTurnMs.toFixed(0)} ms, the API server included`);
  report(soak.samples, simulatedAllowances, soak.processes > 1 ? ['The operator ended by itself'] : []);
}

async function soakReal(minutes: number): Promise<void> {
  const soak = await runRealSoak({
    minutes,
    seed,
    monitors: Number(values.monitors ?? 200),
    changeMs: 1000,
    sampleMs: Math.min(10_000, (minutes * 60_000) / 30),
    useRealApiServer: !values.sandbox,
    onSample: (sample) => print(writeSample(sample)),
  });
  print(`${minutes} minutes beside ${soak.apiServer}: ${soak.changes} changes`);
  print(
    `longest event loop delay ${Math.max(...soak.samples.map((one) => one['event loop delay max, ms'] ?? 0)).toFixed(0)} ms`,
  );
  report(soak.samples, realAllowances, soak.mistakes);
}

function writeSample(sample: Sample): string {
  return Object.entries(sample)
    .map(([name, value]) => `${name} ${Number(value.toFixed(2))}`)
    .join(' · ');
}

function report(
  samples: readonly Sample[],
  allowances: Readonly<Record<string, Allowance>>,
  faults: readonly string[],
): void {
  const trends = judgeTrends(samples, allowances);
  print(describeTrends(trends));
  for (const fault of faults) print(`WRONG: ${fault}`);
  process.exitCode = faults.length > 0 || trends.some(({ grows }) => grows) ? 1 : 0;
}
