import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ControlPlane } from './control-plane.ts';
import { startControlPlane } from './control-plane.ts';
import { locateControlPlane, skipWithout } from './locate.ts';
import { answers } from './readiness.ts';

const skip = locateControlPlane().skipped ?? false;

/** The command lines of all processes that name the folder. */
function processesOf(folder: string): string[] {
  const all = execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes(folder));
}

async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'the condition does not come true');
    await delay(50);
  }
}

describe('a control plane', { skip }, () => {
  let controlPlane: ControlPlane;
  before(async () => {
    controlPlane = await startControlPlane({ users: [{ name: 'viewer', groups: ['viewers'] }] });
  });
  after(() => controlPlane.stop());

  it('serves the admin', async () => {
    assert.match(await controlPlane.kubectl(['get', 'namespaces', '-o', 'name']), /^namespace\/default$/m);
  });

  it('calls itself by its Kubernetes version', async () => {
    assert.match(await controlPlane.kubectl(['version', '-o', 'json']), /"gitVersion": "v1\.\d+\.\d+"/);
  });

  it('lets a further user do only what RBAC allows', async () => {
    const kubeconfig = `--kubeconfig=${controlPlane.kubeconfigFor('viewer')}`;
    await assert.rejects(controlPlane.kubectl([kubeconfig, 'get', 'configmaps']), /User "viewer" cannot list/);
    await controlPlane.kubectl(['create', 'clusterrole', 'viewer', '--verb=list', '--resource=configmaps']);
    await controlPlane.kubectl(['create', 'clusterrolebinding', 'viewers', '--clusterrole=viewer', '--group=viewers']);
    await eventually(() =>
      controlPlane.kubectl([kubeconfig, 'get', 'configmaps']).then(
        () => true,
        () => false,
      ),
    );
    await assert.rejects(controlPlane.kubectl([kubeconfig, 'get', 'secrets']), /User "viewer" cannot list/);
  });

  it('keeps its objects when the API server is killed and started again', async () => {
    await controlPlane.kubectl(['create', 'configmap', 'kept', '--from-literal=key=value']);
    await controlPlane.killApiServer();
    await assert.rejects(controlPlane.kubectl(['get', 'configmaps']), /refused/);
    await controlPlane.restartApiServer();
    const value = await controlPlane.kubectl(['get', 'configmap', 'kept', '-o', 'jsonpath={.data.key}']);
    assert.equal(value, 'value');
  });

  it('does not answer while the API server is paused', async () => {
    const ready = (): Promise<boolean> => answers(`${controlPlane.server}/readyz`, { token: controlPlane.adminToken });
    controlPlane.pauseApiServer();
    // All of its threads have stopped a moment after the signal was sent.
    await eventually(async () => !(await ready()));
    controlPlane.resumeApiServer();
    await eventually(ready);
  });
});

describe('the end of a control plane', { skip }, () => {
  it('leaves no process and no file behind on stop, even of a paused API server', async () => {
    const controlPlane = await startControlPlane();
    const folder = dirname(controlPlane.kubeconfigPath);
    assert.notDeepEqual(processesOf(folder), []);
    controlPlane.pauseApiServer();
    await controlPlane.stop();
    assert.deepEqual(processesOf(folder), []);
    assert.equal(existsSync(folder), false);
  });

  it('leaves nothing behind when the process that started it is killed', async () => {
    const program = join(import.meta.dirname, 'start.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', program], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const folder = dirname(line.toString().trim());
    child.kill('SIGKILL');
    await eventually(() => processesOf(folder).length === 0 && !existsSync(folder));
  });

  it('says why when a program does not start', async () => {
    const started = startControlPlane({ apiServerArgs: ['--no-such-flag'] });
    await assert.rejects(started, /Cannot start kube-apiserver: exit code 1; .*unknown flag: --no-such-flag/s);
  });
});

describe('the controller manager', { skip: skip !== false ? skip : skipWithout('kube-controller-manager') }, () => {
  let controlPlane: ControlPlane;
  before(async () => {
    controlPlane = await startControlPlane({ controllerManager: true });
  });
  after(() => controlPlane.stop());

  it('gives a StatefulSet its pods, and collects them with it', async () => {
    await controlPlane.kubectl(['apply', '-f', '-'], JSON.stringify(statefulSet));
    const pods = (): Promise<string> => controlPlane.kubectl(['get', 'pods', '-o', 'name']);
    await eventually(async () => (await pods()).trim() === 'pod/web-0\npod/web-1');
    await controlPlane.kubectl(['delete', 'statefulset', 'web', '--cascade=foreground', '--wait=false']);
    await eventually(async () => (await pods()).trim() === '');
  });
});

const labels = { app: 'web' };
const statefulSet = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    serviceName: 'web',
    podManagementPolicy: 'Parallel',
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web' }] } },
  },
};
