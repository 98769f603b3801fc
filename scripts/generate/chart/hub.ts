import { customKinds } from '../../../src/api/kinds.ts';
import { monitoringGroup } from '../../../src/api/resource.ts';
import { dumpYaml } from '../../../src/base/yaml.ts';
import { defaultInstall } from '../../../src/operator/install/defaults.ts';

/** What Artifact Hub shows of the chart beside its README. Values are texts there, lists as YAML. */
export const hubAnnotations = {
  'artifacthub.io/category': 'monitoring-logging',
  'artifacthub.io/license': 'Apache-2.0',
  'artifacthub.io/operator': 'true',
  'artifacthub.io/images': dumpYaml([{ name: 'stoker', image: defaultInstall.image }]),
  'artifacthub.io/crds': dumpYaml(
    customKinds.map(({ type: { kind, version, plural } }) => ({
      kind,
      version,
      name: `${plural}.${monitoringGroup}`,
      displayName: kind,
      description: `${kind} objects, as in prometheus-operator`,
    })),
  ),
};
