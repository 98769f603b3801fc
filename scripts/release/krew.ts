import { dumpYaml } from '../../src/base/yaml.ts';

export interface PluginArchive {
  readonly version: string;
  /** Where the archive can be had. */
  readonly url: string;
  readonly sha256: string;
}

/** The manifest of `kubectl stoker` for krew: https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest. */
export function renderPlugin({ version, url, sha256 }: PluginArchive): string {
  return dumpYaml({
    apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
    kind: 'Plugin',
    metadata: { name: 'stoker' },
    spec: {
      version: `v${version}`,
      shortDescription: 'Say why something is not scraped or notified of',
      description: `Explains monitoring by Prometheus operators: why a ServiceMonitor, Pod or target is
scraped or not, whether rules and routes are used, who is notified of an alert, what a
change of manifests would do, and which targets a Prometheus has. Reads the cluster of
the kubeconfig, or manifests.
`,
      caveats: `Needs Node 20.19 or later on the PATH.
Begin with: kubectl stoker explain servicemonitor NAME -n NAMESPACE
`,
      platforms: [
        {
          selector: { matchExpressions: [{ key: 'os', operator: 'In', values: ['darwin', 'linux'] }] },
          uri: url,
          sha256,
          bin: 'kubectl-stoker',
          files: [
            { from: 'kubectl-stoker', to: '.' },
            { from: 'LICENSE', to: '.' },
          ],
        },
      ],
    },
  });
}
