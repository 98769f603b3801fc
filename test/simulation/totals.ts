import type { Script } from './action.ts';
import type { RunResult } from './run.ts';

/** What many runs were together. */
export interface Totals {
  readonly seeds: number;
  readonly failed: number;
  readonly actions: number;
  readonly faults: number;
  readonly writes: number;
  readonly simulatedMs: number;
  readonly slowestSettleMs: number;
  readonly longestTurnMs: number;
  readonly longestPieceMs: number;
}

export const noTotals: Totals = {
  seeds: 0,
  failed: 0,
  actions: 0,
  faults: 0,
  writes: 0,
  simulatedMs: 0,
  slowestSettleMs: 0,
  longestTurnMs: 0,
  longestPieceMs: 0,
};

export function addRun(totals: Totals, { actions }: Script, result: RunResult): Totals {
  return {
    seeds: totals.seeds + 1,
    failed: totals.failed + (result.findings.length === 0 ? 0 : 1),
    actions: totals.actions + actions.length,
    faults: totals.faults + result.faults,
    writes: totals.writes + result.writes,
    simulatedMs: totals.simulatedMs + result.simulatedMs,
    slowestSettleMs: Math.max(totals.slowestSettleMs, result.settledMs),
    longestTurnMs: Math.max(totals.longestTurnMs, result.longestTurnMs),
    longestPieceMs: Math.max(totals.longestPieceMs, result.longestPieceMs),
  };
}

/** @param run the first seed, and what the process has used since then. */
export function describeTotals(totals: Totals, run: { first: number; cpu: NodeJS.CpuUsage }): string {
  const { seeds, failed, actions, faults, writes, simulatedMs, slowestSettleMs, longestTurnMs } = totals;
  const cpuSeconds = (run.cpu.user + run.cpu.system) / 1e6;
  return [
    `seeds ${run.first} to ${run.first + seeds - 1}: ${seeds - failed} well, ${failed} failed`,
    `${actions} actions, ${faults} requests and events spoilt, ${writes} writes of the operator, ${(simulatedMs / 3.6e6).toFixed(1)} simulated hours`,
    `settled at the latest ${slowestSettleMs / 1000} s after the last action; ${(cpuSeconds / seeds).toFixed(2)} s of CPU a seed`,
    `event loop held at most ${longestTurnMs.toFixed(0)} ms, the API server and its controllers included`,
    `a piece of rendering, after which it may rest, took ${totals.longestPieceMs.toFixed(1)} ms of CPU at most`,
  ].join('\n');
}
