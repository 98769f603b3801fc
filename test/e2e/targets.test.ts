import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSystemClock } from '../../src/base/clock.ts';
import { podType } from '../../src/api/builtin-types.ts';
import { runCli } from '../../src/cli/program.ts';
import type { ApiTargets } from '../../src/core/targets/api-targets.ts';
import { createClient } from '../../src/kubernetes/client/rest-client.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { loadKubeConfig } from '../../src/kubernetes/client/kube-config.ts';
import { locateControlPlane, locatePrometheus } from '../control-plane/locate.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import { eventually } from './support/eventually.ts';
import type { Server, Answer, Place } from './support/targets-place.ts';
import { startReal, startSandbox, manifests, fill, adapt, canonical, readGauges } from './support/targets-place.ts';

const withoutPrometheus = locatePrometheus().skipped;

function describeCommand(where: string, { start, skipped, hasRbac }: Place): void {
  describe(`stoker targets on ${where}`, { skip: skipped ?? false, timeout: 300_000 }, () => {
    let folder: string;
    let server: Server;
    let client: KubernetesClient;

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'stoker-targets-'));
      server = await start(folder);
      client = createClient(loadKubeConfig({ kubeconfig: server.kubeconfig }), {
        userAgent: 'test',
        clock: createSystemClock(),
      });
      await fill(client);
    });
    after(async () => {
      await client.close();
      await server.stop();
      rmSync(folder, { recursive: true });
    });

    interface Running {
      stdout: string;
      stderr: string;
      readonly code: Promise<number>;
    }

    function begin(signal: AbortSignal, ...args: readonly string[]): Running {
      const running = { stdout: '', stderr: '', code: Promise.resolve(-1) };
      running.code = runCli([...args, '--kubeconfig', server.kubeconfig], {
        stdout: (text) => (running.stdout += text),
        stderr: (text) => (running.stderr += text),
        isTerminal: false,
        signal,
        env: {},
      });
      return running;
    }

    async function run(...args: readonly string[]): Promise<{ stdout: string; stderr: string; code: number }> {
      const running = begin(new AbortController().signal, ...args);
      const code = await running.code;
      return { ...running, code };
    }

    it('answers as a real Prometheus does', async () => {
      const ours = await run('targets', '--prometheus', 'shop/main', '--shard', '0', '-o', 'json');
      assert.deepEqual([ours.code, ours.stderr], [0, '']);
      const found = JSON.parse(ours.stdout) as ApiTargets;
      const file = join(folder, 'manifests.yaml');
      writeFileSync(file, manifests);
      let yaml = '';
      const io = { stdout: (text: string) => (yaml += text), stderr: () => undefined, isTerminal: false };
      await runCli(['render', file, '--config', 'prometheus/main'], {
        ...io,
        signal: new AbortController().signal,
        env: {},
      });
      const configFile = join(folder, 'prometheus.yml');
      writeFileSync(configFile, adapt(yaml, server.access));
      const prometheus = await startPrometheus({ configFile, args: ['--scrape.discovery-reload-interval=1s'] });
      try {
        await eventually(
          'both say the same',
          async () => {
            const response = await fetch(`${prometheus.url}/api/v1/targets`);
            const { data } = (await response.json()) as { data: Answer };
            assert.deepEqual(canonical(found), canonical(data));
          },
          60_000,
        );
        await eventually('both count the same', async () => {
          const theirs = await (await fetch(`${prometheus.url}/metrics`)).text();
          const counted = await run('targets', '--prometheus', 'shop/main', '--shard', '0', '-o', 'metrics');
          assert.deepEqual(readGauges(counted.stdout), readGauges(theirs));
        });
      } finally {
        await prometheus.stop();
      }
      assert.ok(found.activeTargets.length >= 5 && found.droppedTargets.length >= 10, ours.stdout.slice(0, 500));
      assert.deepEqual([found.failedTargets.length, found.duplicateTargets.length], [1, 2]);
    });

    it('names the field behind each rule', async () => {
      const { stdout } = await run('targets', '--prometheus', 'main', '--job', 'serviceMonitor/shop/cart/0');
      assert.match(
        stdout,
        /dropped .* drop: __meta_kubernetes_pod_label_tier is "front", which matches front · ServiceMonitor shop\/cart spec\.endpoints\[0\]\.relabelings\[0\]$/m,
      );
      assert.match(stdout, / · 2 in several jobs · 6 jobs · waste \d+ %\n$/);
    });

    it('takes what the API server refuses for a verdict', async () => {
      const config = join(folder, 'pods.yml');
      writeFileSync(
        config,
        'scrape_configs: [{job_name: j, kubernetes_sd_configs: [{role: pod, namespaces: {names: [shop]}}], static_configs: [{targets: ["a:1"]}]}]',
      );
      const nobody = 'system:serviceaccount:shop:nobody';
      const { code, stdout, stderr } = await run('targets', '--config', config, '--as', nobody);
      assert.deepEqual([code, stderr], [0, hasRbac ? 'stoker: cannot list pods in namespace shop: forbidden\n' : '']);
      assert.match(stdout, /http:\/\/a:1\/metrics +active/);
    });

    it('--watch tells of changes as they come, and Ctrl-C ends it with 0', async () => {
      const stopping = new AbortController();
      const running = begin(
        stopping.signal,
        'targets',
        '--watch',
        '--state',
        'active',
        '--job',
        'podMonitor/shop/all/0',
      );
      await eventually(
        'all targets are shown',
        () => running.stdout.split('\n').filter((line) => line.startsWith('+ ')).length === 3,
      );
      const known = running.stdout.length;
      await client.delete(podType, { namespace: 'shop', name: 'cart-1' }, { gracePeriodSeconds: 0 });
      await eventually('the target of a pod that is gone is gone', () => {
        assert.match(
          running.stdout.slice(known),
          /^- podMonitor\/shop\/all\/0 {3}http:\/\/10\.9\.0\.2:8080\/metrics\?module=a&module=b {3}active$/m,
        );
      });
      stopping.abort(new Error('SIGINT'));
      assert.equal(await running.code, 0);
    });
  });
}
describeCommand('a real API server', {
  start: startReal,
  skipped: locateControlPlane().skipped ?? withoutPrometheus,
  hasRbac: true,
});
describeCommand('the sandbox', { start: startSandbox, skipped: withoutPrometheus, hasRbac: false });
