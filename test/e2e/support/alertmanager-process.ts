/** A real Alertmanager as the judge of configurations. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretType } from '../../../src/api/builtin-types.ts';
import type { Container } from '../../../src/api/core/container.ts';
import type { Secret } from '../../../src/core/render/shared/rendered-objects.ts';
import { startAlertmanager } from '../../control-plane/alertmanager.ts';
import type { Cluster } from './cluster.ts';
import { decodeAlertmanagerConfig } from './config.ts';
import { enterFolder, replaceVariables } from './pod-files.ts';

const first = '{ route: { receiver: a }, receivers: [{ name: a }] }';
const tlsFolder = 'etc/alertmanager/certs';

/** What one process says as it loads one text after the other, by their index: "" when it loads it. */
export async function askAlertmanager(texts: readonly string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-alertmanager-loads-'));
  const configFile = join(folder, 'alertmanager.yml');
  try {
    writeFileSync(configFile, first);
    const alertmanager = await startAlertmanager({ configFile });
    try {
      const answers: string[] = [];
      for (const text of texts) {
        writeFileSync(configFile, text);
        const load = alertmanager.reload().then(() => '');
        answers.push(await load.catch((error: unknown) => String(error)));
      }
      return answers;
    } finally {
      await alertmanager.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Loads every configuration that an operator of the cluster ever wrote, as the config reloader hands it on, with the TLS files
 * that there are now.
 *
 * @param reloader whose environment the variables of configurations are taken from.
 */
export async function loadWritten(
  cluster: Cluster,
  reloader: Container,
): Promise<{ readonly loaded: number; readonly refused: readonly string[] }> {
  const texts = cluster.listWrittenConfigs(decodeAlertmanagerConfig);
  const folder = mkdtempSync(join(tmpdir(), 'stoker-alertmanager-pod-'));
  try {
    await layOutTlsAssets(cluster, folder);
    const facts = { podName: 'alertmanager-main-0', nodeName: 'node-1' };
    const expanded = texts.map((text) => enterFolder(replaceVariables(text, reloader, facts), folder));
    const refused = (await askAlertmanager(expanded)).filter((answer) => answer !== '');
    return { loaded: texts.length - refused.length, refused };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All namespaces share the folder: names of files begin with the namespace of what they are from. */
async function layOutTlsAssets({ api }: Cluster, folder: string): Promise<void> {
  mkdirSync(join(folder, tlsFolder), { recursive: true });
  const secrets = await api.list<Secret>(secretType);
  const own = secrets.filter(({ metadata }) => /^alertmanager-.*-tls-assets-\d+$/.test(metadata.name ?? ''));
  for (const [file, content] of own.flatMap(({ data = {} }) => Object.entries(data)))
    writeFileSync(join(folder, tlsFolder, file), Buffer.from(content, 'base64'));
}
