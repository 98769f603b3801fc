import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WebTLSConfig } from '../../../../../src/api/parts/web.ts';
import { TerminalError } from '../../../../../src/base/errors.ts';
import { renderWebVolumes, writeWebConfig } from '../../../../../src/core/render/shared/web-config.ts';

const reference = { secret: { name: 's', key: 'k' } };

describe('writeWebConfig', () => {
  it('is empty when there is nothing to configure', () => {
    assert.equal(writeWebConfig(undefined, '/web'), '');
    assert.equal(writeWebConfig({}, '/web'), '');
  });

  it('keeps headers that were set to nothing', () => {
    assert.equal(writeWebConfig({ httpConfig: { headers: {} } }, '/web'), 'http_server_config:\n  headers: {}\n');
  });

  it('refuses TLS settings that contradict each other or lack a part', () => {
    const complete: WebTLSConfig = { certFile: '/c', keyFile: '/k' };
    const wrong: [WebTLSConfig, RegExp][] = [
      [{ certFile: '/c' }, /private key is missing/],
      [{ keyFile: '/k' }, /certificate is missing/],
      [{ ...complete, cert: reference }, /cert and certFile/],
      [{ ...complete, keySecret: reference.secret }, /keySecret and keyFile/],
      [{ ...complete, client_ca: reference, clientCAFile: '/ca' }, /client_ca and clientCAFile/],
      [{ keyFile: '/k', cert: { ...reference, configMap: reference.secret } }, /cert.secret and cert.configMap/],
    ];
    for (const [tlsConfig, message] of wrong) {
      assert.throws(() => writeWebConfig({ tlsConfig }, '/web'), { name: TerminalError.name, message });
    }
    assert.doesNotThrow(() => writeWebConfig({ tlsConfig: complete }, '/web'));
  });
});

describe('renderWebVolumes', () => {
  it('mounts each object where the file says that it is', () => {
    const tlsConfig = {
      keySecret: { name: 'a.b', key: 'tls.key' },
      cert: { configMap: { name: 'c', key: 'tls.crt' } },
      client_ca: { secret: { name: 'a.b', key: 'ca.crt' } },
    };
    const file = writeWebConfig({ tlsConfig }, '/web');
    const { volumes, mounts } = renderWebVolumes({ tlsConfig }, 'web-secret', '/web');
    for (const { mountPath } of mounts.slice(1)) assert.ok(file.includes(`${mountPath}/`), mountPath);
    assert.deepEqual(
      volumes.map(({ name }) => name),
      mounts.map(({ name }) => name),
    );
    assert.equal(new Set(volumes.map(({ name }) => name)).size, 4);
  });
});
