import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { loadKubeConfig } from '../../../../src/kubernetes/client/kube-config.ts';
import type { KubeConfigOptions } from '../../../../src/kubernetes/client/kube-config.ts';

let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube-config-'));
});

after(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

interface Parts {
  readonly user?: string;
  readonly cluster?: string;
  readonly context?: string;
}

/** A kubeconfig with one context "c"; parts are lines of YAML flow mappings. */
function writeConfig(name: string, { user = '', cluster = '', context = '' }: Parts = {}): string {
  return write(
    name,
    [
      'apiVersion: v1',
      'kind: Config',
      'current-context: c',
      `clusters: [{name: k, cluster: {server: "https://k.test:6443/"${cluster}}}]`,
      `contexts: [{name: c, context: {cluster: k, user: u${context}}}]`,
      `users: [{name: u, user: {${user}}}]`,
    ].join('\n'),
  );
}

const load = (options: KubeConfigOptions): ReturnType<typeof loadKubeConfig> => loadKubeConfig({ env: {}, ...options });

describe('a kubeconfig', () => {
  it('gives server, namespace and token', async () => {
    const config = load({ kubeconfig: writeConfig('token', { user: 'token: abc', context: ', namespace: ns' }) });
    assert.deepEqual([config.server, config.namespace], ['https://k.test:6443', 'ns']);
    assert.deepEqual(await config.applyAuth(), { headers: { authorization: 'Bearer abc' }, tls: {} });
  });

  it('gives a user with a password', async () => {
    const config = load({ kubeconfig: writeConfig('basic', { user: 'username: me, password: pw' }) });
    const { headers } = await config.applyAuth();
    assert.equal(config.namespace, 'default');
    assert.equal(headers['authorization'], `Basic ${Buffer.from('me:pw').toString('base64')}`);
  });

  it('gives certificates, from data or from files beside it', async () => {
    write('cert.pem', 'the certificate');
    write('key.pem', 'the key');
    const data = Buffer.from('the authority').toString('base64');
    const kubeconfig = writeConfig('certs', {
      cluster: `, certificate-authority-data: ${data}, tls-server-name: other.test`,
      user: 'client-certificate: cert.pem, client-key: key.pem',
    });
    const { tls } = await load({ kubeconfig }).applyAuth();
    assert.deepEqual(tls, {
      ca: 'the authority',
      cert: 'the certificate',
      key: 'the key',
      servername: 'other.test',
    });
  });

  it('verifies the server unless told otherwise', async () => {
    const plain = await load({ kubeconfig: writeConfig('verify') }).applyAuth();
    assert.equal(plain.tls.rejectUnauthorized, undefined);
    const told = load({ kubeconfig: writeConfig('skip', { cluster: ', insecure-skip-tls-verify: true' }) });
    assert.equal((await told.applyAuth()).tls.rejectUnauthorized, false);
    const asked = load({ kubeconfig: writeConfig('verify'), insecure: true });
    assert.equal((await asked.applyAuth()).tls.rejectUnauthorized, false);
  });

  it('names whom to act as, with groups', async () => {
    const kubeconfig = writeConfig('as', { user: 'token: abc, as: jane, as-uid: "7", as-groups: [dev, ops]' });
    const { headers } = await load({ kubeconfig }).applyAuth();
    assert.deepEqual(headers, {
      authorization: 'Bearer abc',
      'impersonate-user': 'jane',
      'impersonate-uid': '7',
      'impersonate-group': ['dev', 'ops'],
    });
    const other = await load({ kubeconfig, impersonate: 'joe' }).applyAuth();
    assert.deepEqual(other.headers, { authorization: 'Bearer abc', 'impersonate-user': 'joe' });
  });

  it('names a proxy', () => {
    const config = load({ kubeconfig: writeConfig('proxy', { cluster: ', proxy-url: "http://p:3128"' }) });
    assert.equal(config.proxyUrl, 'http://p:3128');
  });

  it('names a token file, which is read again as it changes', async () => {
    const clock = new FakeClock();
    write('token.txt', 'one\n');
    const kubeconfig = writeConfig('token-file', { user: 'tokenFile: token.txt, token: stale' });
    const config = load({ kubeconfig, clock });
    const read = async (): Promise<unknown> => (await config.applyAuth()).headers['authorization'];
    assert.equal(await read(), 'Bearer one');
    write('token.txt', 'two\n');
    assert.equal(await read(), 'Bearer one');
    assert.equal((await config.applyAuth({ refresh: true })).headers['authorization'], 'Bearer two');
    rmSync(join(folder, 'token.txt'));
    await assert.rejects(config.applyAuth({ refresh: true }), {
      failure: 'auth',
      message: `Cannot authenticate: cannot read "${join(folder, 'token.txt')}" (ENOENT)`,
    });
    write('token.txt', 'three');
    assert.equal(await read(), 'Bearer three', 'a failure is not kept');
  });

  it('gives another context when asked, and changes by options', async () => {
    const kubeconfig = write(
      'two',
      [
        'clusters: [{name: k, cluster: {server: "http://k.test"}}]',
        'contexts: [{name: c, context: {cluster: k, user: u}}, {name: d, context: {cluster: k, user: v}}]',
        'users: [{name: u, user: {token: abc}}, {name: v, user: {token: def}}]',
      ].join('\n'),
    );
    const config = load({ kubeconfig, context: 'd', server: 'http://other.test/path/' });
    assert.equal(config.server, 'http://other.test/path');
    assert.equal((await config.applyAuth()).headers['authorization'], 'Bearer def');
    assert.throws(() => load({ kubeconfig }), /it names no current context; it has "c", "d"$/);
    assert.throws(() => load({ kubeconfig, context: 'x' }), /it has no context "x"; it has "c", "d"$/);
  });

  it('that is missing or broken is named, its content is not quoted', () => {
    assert.throws(() => load({ kubeconfig: join(folder, 'none') }), /none": there is no such file$/);
    assert.throws(() => load({ kubeconfig: folder }), /Cannot read kubeconfig ".*": EISDIR$/);
    const broken = write('broken', 'users:\n- name: u\n  user: {token: very-secret\n');
    assert.throws(
      () => load({ kubeconfig: broken }),
      (error: Error) => {
        assert.match(error.message, /in line 4, column 1$/);
        assert.ok(!error.message.includes('very-secret'));
        assert.equal(error.cause, undefined);
        return true;
      },
    );
    assert.throws(() => load({ kubeconfig: write('text', 'token: very-secret') }), /it has none$/);
    assert.throws(
      () => load({ kubeconfig: write('scalar', 'very-secret') }),
      (error: Error) => !error.message.includes('very-secret'),
    );
    assert.throws(() => load({ kubeconfig: write('empty', '') }), /it is not a kubeconfig$/);
    assert.throws(
      () => load({ kubeconfig: write('nameless', 'clusters: [{cluster: {}}]') }),
      /clusters\[0\]\.name is missing$/,
    );
    const noUser = write('no-user', 'current-context: c\ncontexts: [{name: c, context: {cluster: k, user: u}}]');
    assert.throws(() => load({ kubeconfig: noUser }), /its context names cluster "k", which is missing$/);
    const badServer = write(
      'bad-server',
      'current-context: c\ncontexts: [{name: c, context: {cluster: k, user: u}}]\n' +
        'clusters: [{name: k, cluster: {server: "k.test"}}]\nusers: [{name: u, user: {}}]',
    );
    assert.throws(() => load({ kubeconfig: badServer }), /Cannot use server "k.test": want an URL/);
  });
});

describe('an exec plugin', () => {
  function writePlugin(name: string, script: string): string {
    chmodSync(write(name, `#!/bin/sh\n${script}\n`), 0o755);
    const exec = `exec: {apiVersion: client.authentication.k8s.io/v1, command: ./${name}, provideClusterInfo: true}`;
    return writeConfig(`${name}-config`, { user: exec });
  }

  it('gives a token, knows what it is asked for, and is not asked for each request', async () => {
    const info = join(folder, 'info');
    const credential = '{"status":{"token":"from-plugin"}}';
    const kubeconfig = writePlugin('plugin', `echo "$KUBERNETES_EXEC_INFO" >> ${info}; echo '${credential}'`);
    const config = load({ kubeconfig });
    for (let round = 0; round < 3; round += 1)
      assert.equal((await config.applyAuth()).headers['authorization'], 'Bearer from-plugin');
    const asked = readFileSync(info, 'utf8').trim().split('\n');
    assert.equal(asked.length, 1);
    const { apiVersion, spec } = JSON.parse(asked[0] ?? '') as {
      apiVersion: string;
      spec: { interactive: boolean; cluster: { server: string } };
    };
    assert.deepEqual(
      [apiVersion, spec.interactive, spec.cluster.server],
      ['client.authentication.k8s.io/v1', false, 'https://k.test:6443'],
    );
    await config.applyAuth({ refresh: true });
    assert.equal(readFileSync(info, 'utf8').trim().split('\n').length, 2);
  });

  it('may give a client certificate', async () => {
    const credential = '{"status":{"clientCertificateData":"cert","clientKeyData":"key"}}';
    const { tls } = await load({ kubeconfig: writePlugin('certs.sh', `echo '${credential}'`) }).applyAuth();
    assert.deepEqual([tls.cert, tls.key], ['cert', 'key']);
  });

  it('that fails is named with its first line; what it printed is not quoted', async () => {
    const failing = load({ kubeconfig: writePlugin('failing', 'echo "please log in" >&2; exit 1') });
    await assert.rejects(failing.applyAuth(), {
      failure: 'auth',
      message: /exec plugin ".*failing" failed: please log in$/,
    });
    for (const output of ['very-secret', '{"token": "very-secret"}']) {
      const chatty = load({ kubeconfig: writePlugin('chatty', `echo '${output}'`) });
      await assert.rejects(chatty.applyAuth(), (error: Error) => {
        assert.match(error.message, /did not print an ExecCredential$/);
        assert.ok(!JSON.stringify([error.message, error.stack, error.cause]).includes('very-secret'));
        return true;
      });
    }
    const missing = load({ kubeconfig: writeConfig('missing', { user: 'exec: {command: no-such-plugin}' }) });
    await assert.rejects(missing.applyAuth(), /exec plugin "no-such-plugin" is not installed$/);
  });
});

describe('without a kubeconfig', () => {
  it('a server is enough, with files for TLS', async () => {
    const [certFile, keyFile, caFile] = ['c', 'k', 'a'].map((name) => write(name, `file ${name}`));
    const config = load({ server: 'https://s.test/', certFile, keyFile, caFile });
    assert.equal(config.server, 'https://s.test');
    assert.deepEqual((await config.applyAuth()).tls, { ca: 'file a', cert: 'file c', key: 'file k' });
    await assert.rejects(load({ server: 'https://s.test', caFile: join(folder, 'none') }).applyAuth(), /cannot read/);
  });

  it('$KUBECONFIG is taken, and of several files the first to name something wins', async () => {
    const first = write('first', 'clusters: [{name: k, cluster: {server: "https://first.test"}}]');
    const second = writeConfig('second', { user: 'token: abc' });
    const config = loadKubeConfig({ env: { KUBECONFIG: `${join(folder, 'absent')}:${first}:${second}` } });
    assert.equal(config.server, 'https://first.test');
    assert.equal((await config.applyAuth()).headers['authorization'], 'Bearer abc');
  });

  it('the service account is used when asked for, in a pod', () => {
    assert.throws(() => load({ inCluster: true }), /this is no pod$/);
    const env = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' };
    const before = { ...process.env };
    Object.assign(process.env, env);
    try {
      const config = loadKubeConfig({ inCluster: true, env });
      assert.deepEqual([config.server, config.namespace], ['https://10.0.0.1:443', 'default']);
    } finally {
      process.env = before;
    }
  });

  it('and without anything else, the message names the ways out', () => {
    const home = process.env['HOME'];
    process.env['HOME'] = folder;
    try {
      assert.throws(() => load({}), /^Error: Cannot find a cluster: no \$KUBECONFIG, not in a pod, no file/);
    } finally {
      process.env['HOME'] = home;
    }
  });
});
