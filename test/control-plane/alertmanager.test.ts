import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { startAlertmanager } from './alertmanager.ts';
import { skipWithout } from './locate.ts';

describe('a running Alertmanager', { skip: skipWithout('alertmanager') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-alertmanager-test-'));
  const configFile = join(folder, 'alertmanager.yml');
  const writeConfig = (receiver: string): void =>
    writeFileSync(configFile, `{ route: { receiver: ${receiver} }, receivers: [{ name: first }, { name: second }] }`);
  const loadedConfig = async (url: string): Promise<string> => (await fetch(`${url}/api/v2/status`)).text();
  after(() => rmSync(folder, { recursive: true }));

  it('runs with the config, and with the next one after a reload', async () => {
    writeConfig('first');
    const alertmanager = await startAlertmanager({ configFile });
    try {
      assert.match(await loadedConfig(alertmanager.url), /receiver: first/);
      writeConfig('second');
      await alertmanager.reload();
      assert.match(await loadedConfig(alertmanager.url), /receiver: second/);
      writeConfig('third');
      await assert.rejects(
        alertmanager.reload(),
        /Cannot reload the Alertmanager config: 500.*undefined receiver "third"/,
      );
    } finally {
      await alertmanager.stop();
    }
  });

  it('says why it does not start', async () => {
    writeConfig('third');
    await assert.rejects(
      startAlertmanager({ configFile }),
      /Cannot start alertmanager: exit code \d; its log ends:.*undefined receiver/s,
    );
  });
});
