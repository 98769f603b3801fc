import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { renderCRD } from '../../src/api/crd.ts';
import { customKinds } from '../../src/api/kinds.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { apiVersionOf } from '../../src/api/meta.ts';
import { createSystemClock } from '../../src/base/clock.ts';
import { dumpYaml, parseYamlDocuments } from '../../src/base/yaml.ts';
import { runCli } from '../../src/cli/program.ts';
import { createClient } from '../../src/kubernetes/client/rest-client.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { loadKubeConfig } from '../../src/kubernetes/client/kube-config.ts';
import { locateControlPlane, locatePrometheus } from '../control-plane/locate.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import { applyFix } from '../golden/explain/apply-fix.ts';
import type { MachineFix } from '../golden/explain/apply-fix.ts';
import { eventually } from './support/eventually.ts';
import type { Answer, Server, Place } from './support/explain-place.ts';
import {
  rbac,
  crdType,
  running,
  startReal,
  startSandbox,
  typeOf,
  put,
  sweep,
  readCase,
  brokenStacks,
} from './support/explain-place.ts';

/** The configuration of the ScrapeConfigs, as the config-reloader of the first replica would hand it on. */
async function renderConfig(folder: string, scrapeConfigs: readonly KubernetesObject[]): Promise<string> {
  const input = join(folder, 'rendered.yaml');
  const workload = readCase('all-is-well').filter(({ kind }) => kind === 'Prometheus' || kind === 'Namespace');
  writeFileSync(input, [...workload, ...scrapeConfigs].map((one) => `---\n${dumpYaml(one)}`).join(''));
  let yaml = '';
  await runCli(['render', input, '--config', 'prometheus/main'], {
    stdout: (text) => (yaml += text),
    stderr: () => undefined,
    isTerminal: false,
    signal: new AbortController().signal,
    env: {},
  });
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, yaml.replaceAll('$(SHARD)', '0').replaceAll('$(POD_NAME)', 'prometheus-main-0'));
  return file;
}

const withoutPrometheus = locatePrometheus().skipped;

function describeCommand(where: string, { start, skipped, hasRbac }: Place): void {
  describe(`stoker explain on ${where}`, { skip: skipped ?? false, timeout: 300_000 }, () => {
    let folder: string;
    let server: Server;
    let client: KubernetesClient;

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'stoker-explain-'));
      server = await start(folder);
      const config = loadKubeConfig({ kubeconfig: server.kubeconfig });
      client = createClient(config, { userAgent: 'test', clock: createSystemClock() });
      for (const kind of customKinds) await client.create(crdType, renderCRD(kind) as unknown as KubernetesObject);
      for (const { type: resource } of customKinds)
        await eventually(`${resource.plural} are served`, () => client.list(resource));
      for (const name of ['monitoring', 'shop'])
        await put(client, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      for (const object of parseYamlDocuments(running)) await put(client, object as KubernetesObject);
    });
    after(async () => {
      await client.close();
      await server.stop();
      rmSync(folder, { recursive: true });
    });

    async function run(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
      let [stdout, stderr] = ['', ''];
      const code = await runCli(['explain', ...args, '--kubeconfig', server.kubeconfig], {
        stdout: (text) => (stdout += text),
        stderr: (text) => (stderr += text),
        isTerminal: false,
        signal: new AbortController().signal,
        env: {},
      });
      return { code, stdout, stderr };
    }

    async function ask(...args: readonly string[]): Promise<Answer & { readonly code: number }> {
      const { code, stdout, stderr } = await run(...args, '-o', 'json');
      assert.equal(stderr, '');
      return { ...(JSON.parse(stdout) as Answer), code };
    }

    async function load(name: string): Promise<void> {
      await sweep(client);
      for (const object of readCase(name)) await put(client, object);
    }

    /** Makes the edit in the cluster. */
    async function repair(fix: MachineFix): Promise<void> {
      if (fix.change === 'create') {
        await put(client, fix.value as KubernetesObject);
        return;
      }
      const { kind, namespace, name } = fix.object;
      const resource = typeOf({ kind, metadata: {} });
      const found = await client.get(resource, { namespace, name });
      const [edited] = parseYamlDocuments(
        applyFix(dumpYaml({ ...found, kind, apiVersion: apiVersionOf(resource) }), fix),
      );
      await client.update(resource, edited as KubernetesObject);
    }

    for (const { name, link, reason } of brokenStacks.filter((one) => hasRbac || one.needsRbac !== true)) {
      it(`names what is broken, and the edit mends it: ${name}`, async () => {
        await load(name);
        // Rights reach the authorizer a moment after they are written.
        const broken = await eventually('the answer is about what is broken', async () => {
          const answer = await ask('servicemonitor', 'checkout', '-n', 'shop');
          const first = answer.chain.find(({ verdict }) => verdict === 'fail');
          assert.deepEqual([answer.code, first?.link, answer.reason], [4, link, reason], answer.summary);
          return answer;
        });
        const [fix] = broken.fixes;
        assert.ok(fix);
        await repair(fix);
        const mended = await eventually('the edit takes effect', async () => {
          const answer = await ask('smon/checkout', '-n', 'shop');
          assert.equal(answer.verdict, 'Scraped', answer.summary);
          return answer;
        });
        assert.equal(mended.code, 0);
      });
    }

    it('answers for Pods, Services and addresses', async () => {
      await load('all-is-well');
      for (const args of [
        ['pod', 'checkout-0', '-n', 'shop'],
        ['svc/checkout', '-n', 'shop'],
        ['target', 'http://10.9.0.1:8081/metrics'],
      ]) {
        const { code, verdict, summary } = await ask(...args);
        assert.deepEqual([code, verdict], [0, 'Scraped'], summary);
        assert.match(summary, /is scraped by monitoring\/main through ServiceMonitor shop\/checkout: 1 target\./);
      }
    });

    it('says that an object is not there, and which one may be meant', async () => {
      await load('all-is-well');
      const { code, stdout, stderr } = await run('servicemonitor', 'chekout', '-n', 'shop');
      assert.deepEqual([code, stdout], [1, '']);
      assert.equal(stderr, 'stoker: Cannot find ServiceMonitor shop/chekout: did you mean "shop/checkout"?\n');
    });

    if (hasRbac) describeRefusals();

    function describeRefusals(): void {
      const role = (name: string, rules: unknown): KubernetesObject[] => [
        { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name }, rules } as KubernetesObject,
        {
          apiVersion: `${rbac}/v1`,
          kind: 'ClusterRoleBinding',
          metadata: { name },
          roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
          subjects: [{ kind: 'User', apiGroup: rbac, name }],
        } as KubernetesObject,
      ];
      const reading = (groups: string[]): unknown => [{ apiGroups: groups, resources: ['*'], verbs: ['get', 'list'] }];
      const isReady = (summary: string): void => assert.doesNotMatch(summary, /Cannot find/);

      it('does not know what it may not read, and says so', async () => {
        await load('all-is-well');
        const rules = [
          ...(reading(['monitoring.coreos.com']) as []),
          { apiGroups: [''], resources: ['namespaces'], verbs: ['list'] },
        ];
        for (const object of role('narrow', rules)) await put(client, object);
        const answer = await eventually('the role is in force', async () => {
          const seen = await run('smon', 'checkout', '-n', 'shop', '-o', 'json', '--as', 'narrow');
          isReady(seen.stderr);
          return { ...(JSON.parse(seen.stdout) as Answer), code: seen.code };
        });
        const step = answer.chain.find(({ link }) => link === 'objects');
        assert.deepEqual([answer.code, answer.verdict, step?.verdict], [1, 'Unknown', 'unknown'], answer.summary);
        assert.ok(answer.notes.includes('cannot list services in all namespaces: forbidden'), answer.notes.join());
      });

      it('leaves rights open where it may not ask for them', async () => {
        await load('all-is-well');
        const groups = ['', 'monitoring.coreos.com', 'discovery.k8s.io', 'networking.k8s.io'];
        for (const object of role('reader', reading(groups))) await put(client, object);
        const answer = await eventually('the role is in force', async () => {
          const seen = await run('smon', 'checkout', '-n', 'shop', '-o', 'json', '--as', 'reader');
          isReady(seen.stderr);
          return { ...(JSON.parse(seen.stdout) as Answer), code: seen.code };
        });
        const step = answer.chain.find(({ link }) => link === 'access');
        assert.deepEqual([answer.code, answer.verdict, step?.verdict], [0, 'Scraped', 'unknown'], answer.summary);
      });
    }

    it('asks a running Prometheus what it has loaded and how its scrapes go', async () => {
      await load('all-is-well');
      const web = createServer((request, response) => {
        response.statusCode = request.url === '/metrics' ? 200 : 404;
        response.setHeader('content-type', 'text/plain; version=0.0.4');
        response.end('up_to_date 1\n');
      });
      await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
      const address = `127.0.0.1:${(web.address() as AddressInfo).port}`;
      const makeStatic = (name: string, metricsPath: string): KubernetesObject =>
        ({
          apiVersion: 'monitoring.coreos.com/v1alpha1',
          kind: 'ScrapeConfig',
          metadata: { name, namespace: 'shop' },
          spec: { staticConfigs: [{ targets: [address] }], metricsPath, scrapeInterval: '1s', scrapeTimeout: '1s' },
        }) as KubernetesObject;
      const both = [makeStatic('good', '/metrics'), makeStatic('lost', '/metrcis')];
      for (const object of both) await put(client, object);
      const prometheus = await startPrometheus({ configFile: await renderConfig(folder, both) });
      try {
        const answer = (name: string): Promise<Answer & { code: number }> =>
          ask('scrapeconfig', name, '-n', 'shop', '--prometheus-url', prometheus.url);
        await eventually('the good target is up', async () => {
          const { code, chain, summary } = await answer('good');
          const last = chain.slice(-2).map(({ link, verdict, reason }) => `${link} ${verdict} ${reason}`);
          assert.deepEqual([code, ...last], [0, 'loaded pass Loaded', 'health pass TargetsUp'], summary);
        });
        const offline = ['--offline', join(folder, 'rendered.yaml')];
        const fromFiles = await ask('scfg', 'good', '-n', 'shop', '--prometheus-url', prometheus.url, ...offline);
        const last = fromFiles.chain.slice(-2).map(({ link, verdict, reason }) => `${link} ${verdict} ${reason}`);
        assert.deepEqual(last, ['loaded pass Loaded', 'health pass TargetsUp'], fromFiles.summary);
        await eventually('the other one is down', async () => {
          const { code, reason, summary } = await answer('lost');
          assert.deepEqual([code, reason], [4, 'TargetsDown'], summary);
          assert.match(summary, /server returned HTTP status 404 Not Found/);
        });
        await put(client, makeStatic('late', '/metrics'));
        const late = await answer('late');
        assert.deepEqual([late.code, late.reason], [4, 'NotLoaded'], late.summary);
        await put(client, makeStatic('good', '/other'));
        const changed = await answer('good');
        const loaded = changed.chain.find(({ link }) => link === 'loaded');
        assert.equal(loaded?.reason, 'OutdatedConfig', changed.summary);
      } finally {
        await prometheus.stop();
        web.close();
      }
    });
  });
}
describeCommand('a real API server', {
  start: startReal,
  skipped: locateControlPlane().skipped ?? withoutPrometheus,
  hasRbac: true,
});
describeCommand('the sandbox', { start: startSandbox, skipped: withoutPrometheus, hasRbac: false });
