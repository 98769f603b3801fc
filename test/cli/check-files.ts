/** Folders of manifests for `stoker check`, and the documents in them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { invoke } from './invoke.ts';
import type { Invocation } from './invoke.ts';

const folder = mkdtempSync(join(tmpdir(), 'stoker-check-'));
after(() => rmSync(folder, { recursive: true }));

let runs = 0;

interface Outcome extends Invocation {
  /** Of stdout, with the folder of the files taken out. */
  readonly lines: readonly string[];
}

/** Runs `stoker check` on a new folder with these files. */
export async function check(files: Readonly<Record<string, string>>, ...flags: string[]): Promise<Outcome> {
  const root = join(folder, `run-${(runs += 1)}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const { code, stdout, stderr } = await invoke(
    'check',
    ...flags.map((flag) => flag.replace('ROOT', root)),
    `${root}/k8s`,
  );
  const lines = stdout.replaceAll(`${root}/`, '').trimEnd().split('\n');
  return { code, lines, stdout, stderr: stderr.replaceAll(`${root}/`, '') };
}

export const monitor = (endpoint: string, metadata = '{name: cart, namespace: shop}'): string => `# of the shop
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: ${metadata}
spec:
  selector: {matchLabels: {app: cart}}
  endpoints:
    - port: http
      ${endpoint}
`;

export const rules = `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: slo
  namespace: shop
spec:
  groups:
    - name: a
      rules:
        - record: x
          expr: rate(http_requests_total)
        - alert: CartDown
          expr: |
            up ==
          keep_firing_for: 5m
`;

export const prometheus = (spec: string, name = 'main'): string =>
  `apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: ${name}, namespace: shop}\nspec: ${spec}\n`;
