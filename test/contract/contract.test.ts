import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { apiServerCases, controllerCases } from './all-cases.ts';
import type { ContractCase } from './case.ts';
import { knownDifferences } from './known-differences.ts';
import { runCase } from './run-case.ts';
import type { ContractServer, RunningServer, ServerOptions } from './servers.ts';
import { realServer, sandboxServer } from './servers.ts';

/** Cases that run at once: each has a namespace of its own. */
const concurrency = 6;
const servers: readonly ContractServer[] = [sandboxServer, realServer];
const suites = [
  { name: 'API server', cases: apiServerCases, options: { controllers: false } },
  { name: 'controllers', cases: controllerCases, options: { controllers: true } },
];

/** What the case must return on this server, as JSON. */
function expectedOn(server: ContractServer, one: ContractCase): unknown {
  const difference = server === sandboxServer ? knownDifferences.find(({ name }) => name === one.name) : undefined;
  return toJson(difference === undefined ? one.expected : difference.onSandbox);
}

function toJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null)) as unknown;
}

function describeSuite(server: ContractServer, cases: readonly ContractCase[], options: ServerOptions): void {
  let running: RunningServer | undefined;
  before(async () => {
    running = await server.start(options);
  });
  after(() => running?.stop());
  for (const one of cases) {
    it(one.name, { timeout: 100_000 }, async () => {
      assert.ok(running !== undefined, 'the server is running');
      assert.deepEqual(toJson(await runCase(running.access, one)), expectedOn(server, one));
    });
  }
}

for (const server of servers) {
  for (const { name, cases, options } of suites) {
    const skip = server.skipped(options) ?? false;
    describe(`contract of the ${name} on ${server.name}`, { concurrency, skip }, () => {
      describeSuite(server, cases, options);
    });
  }
}

describe('the contract suite', () => {
  const all = [...apiServerCases, ...controllerCases];

  it('has at least 80 cases, each with a name of its own', (t) => {
    assert.ok(all.length >= 80);
    assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
    for (const server of servers) {
      for (const { name, cases, options } of suites) {
        const why = server.skipped(options);
        t.diagnostic(
          `${cases.length} cases of the ${name} on ${server.name}: ${why === undefined ? 'run' : `not run, ${why}`}`,
        );
      }
    }
  });

  it('has a reason for each difference it knows, and each is one of a case', (t) => {
    t.diagnostic(`known differences: ${knownDifferences.length === 0 ? 'none' : knownDifferences.length}`);
    for (const { name, reason } of knownDifferences) {
      t.diagnostic(`${name}: ${reason}`);
      const one = all.find((known) => known.name === name);
      assert.ok(one !== undefined && reason !== '', name);
    }
  });
});
