/** Fields that an update may not change, by kind. */
import { refusal, verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, text } from '../case.ts';
import { configMap, deployment, pod, podTemplate, statefulSet } from '../manifests.ts';

export const immutableFieldCases: readonly ContractCase[] = [
  contractCase(
    'update: an immutable ConfigMap cannot change its data nor become mutable',
    async (api) => {
      await api.create(api.core('configmaps'), { ...configMap('a', { k: 'v' }), immutable: true });
      const data = await api.patch(api.core('configmaps/a'), 'merge', { data: { k: 'w' } });
      const flag = await api.patch(api.core('configmaps/a'), 'merge', { immutable: false });
      const labels = await api.patch(api.core('configmaps/a'), 'merge', { metadata: { labels: { x: 'y' } } });
      return { data: refusal(data), flag: verdict(flag), labels: verdict(labels) };
    },
    {
      data: {
        status: 422,
        kind: 'Status',
        reason: 'Invalid',
        message: 'ConfigMap "a" is invalid: data: Forbidden: field is immutable when `immutable` is set',
        details: {
          name: 'a',
          kind: 'ConfigMap',
          causes: [
            {
              reason: 'FieldValueForbidden',
              message: 'Forbidden: field is immutable when `immutable` is set',
              field: 'data',
            },
          ],
        },
        code: 422,
      },
      flag: '422 Invalid',
      labels: '200',
    },
  ),
  contractCase(
    'update: an immutable Secret cannot change its data',
    async (api) => {
      await api.create(api.core('secrets'), { metadata: { name: 'a' }, data: { k: 'dg==' }, immutable: true });
      const { status, body } = await api.patch(api.core('secrets/a'), 'merge', { data: { k: 'dw==' } });
      return { status, message: body.message };
    },
    { status: 422, message: 'Secret "a" is invalid: data: Forbidden: field is immutable when `immutable` is set' },
  ),
  contractCase(
    'update: the type of a Secret is immutable',
    async (api) => {
      await api.create(api.core('secrets'), { metadata: { name: 'a' }, type: 'example.test/one' });
      const { status, body } = await api.patch(api.core('secrets/a'), 'merge', { type: 'example.test/two' });
      return { status, message: body.message };
    },
    {
      status: 422,
      message: 'Secret "a" is invalid: type: Invalid value: "example.test/two": field is immutable',
    },
  ),
  contractCase(
    'update: a StatefulSet refuses what is immutable with one cause',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a'));
      return refusal(await api.patch(api.apps('statefulsets/a'), 'merge', { spec: { serviceName: 'b' } }));
    },
    {
      status: 422,
      kind: 'Status',
      reason: 'Invalid',
      message:
        "StatefulSet.apps \"a\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      details: {
        name: 'a',
        group: 'apps',
        kind: 'StatefulSet',
        causes: [
          {
            reason: 'FieldValueForbidden',
            message:
              "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
            field: 'spec',
          },
        ],
      },
      code: 422,
    },
  ),
  contractCase(
    'update: a StatefulSet refuses each immutable field and lets the others pass',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a'));
      const claim = {
        metadata: { name: 'db' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      };
      const changes: Record<string, object> = {
        serviceName: { serviceName: 'b' },
        podManagementPolicy: { podManagementPolicy: 'Parallel' },
        volumeClaimTemplates: { volumeClaimTemplates: [claim] },
        replicas: { replicas: 2 },
        minReadySeconds: { minReadySeconds: 5 },
        updateStrategy: { updateStrategy: { type: 'OnDelete', rollingUpdate: null } },
        revisionHistoryLimit: { revisionHistoryLimit: 3 },
        persistentVolumeClaimRetentionPolicy: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } },
        ordinals: { ordinals: { start: 1 } },
        template: { template: { metadata: { annotations: { a: 'b' } } } },
      };
      const answers = [];
      for (const [field, spec] of Object.entries(changes)) {
        answers.push([field, verdict(await api.patch(api.apps('statefulsets/a'), 'merge', { spec }))]);
      }
      return answers;
    },
    [
      ['serviceName', '422 Invalid'],
      ['podManagementPolicy', '422 Invalid'],
      ['volumeClaimTemplates', '422 Invalid'],
      ['replicas', '200'],
      ['minReadySeconds', '200'],
      ['updateStrategy', '200'],
      ['revisionHistoryLimit', '200'],
      ['persistentVolumeClaimRetentionPolicy', '200'],
      ['ordinals', '200'],
      ['template', '200'],
    ],
  ),
  contractCase(
    'update: the selector of a StatefulSet is immutable and must match the template',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a'));
      const selector = { matchLabels: { app: 'b' } };
      const changed = await api.patch(api.apps('statefulsets/a'), 'merge', { spec: { selector } });
      const fields = (changed.body.details?.causes as unknown as { field: string }[]).map(({ field }) => field);
      const wrong = await api.post(
        api.apps('statefulsets'),
        statefulSet('b', { selector: { matchLabels: { app: 'c' } } }),
      );
      return { status: changed.status, fields, wrong: wrong.body.message };
    },
    {
      status: 422,
      fields: ['spec.template.metadata.labels', 'spec'],
      wrong:
        'StatefulSet.apps "b" is invalid: spec.template.metadata.labels: Invalid value: {"app":"b"}: `selector` does not match template `labels`',
    },
  ),
  contractCase(
    'update: the selector of a Deployment is immutable',
    async (api) => {
      await api.create(api.apps('deployments'), deployment('a'));
      const body = deployment('a', {
        selector: { matchLabels: { app: 'b' } },
        template: { metadata: { labels: { app: 'b' } }, spec: { containers: [{ name: 'main', image: 'i' }] } },
      });
      const answer = await api.put(api.apps('deployments/a'), body);
      return {
        status: answer.status,
        fields: (answer.body.details?.causes as unknown as { field: string }[]).map(({ field }) => field),
      };
    },
    { status: 422, fields: ['spec.selector'] },
  ),
  contractCase(
    'update: a value that is wrong is told from a field that is immutable, of StatefulSets and DaemonSets alike',
    async (api) => {
      const volumes = [{ name: 'Not_A_Name', emptyDir: {} }];
      const causesOf = (answer: Awaited<ReturnType<typeof api.put>>): string[] => {
        const { causes = [] } =
          (answer.body as { details?: { causes?: { reason: string; field: string }[] } }).details ?? {};
        return causes.map(({ reason, field }) => `${reason} ${field}`);
      };
      const daemonSet = (app: string, spec: object) => ({
        ...deployment('a', { selector: { matchLabels: { app } }, template: podTemplate(app, spec) }),
        kind: 'DaemonSet',
      });
      await api.create(api.apps('statefulsets'), statefulSet('a'));
      await api.create(api.apps('daemonsets'), daemonSet('a', {}));
      const set = (spec: object) => api.put(api.apps('statefulsets/a'), statefulSet('a', spec));
      const template = podTemplate('a', { volumes });
      return {
        wrong: causesOf(await set({ template })),
        immutable: causesOf(await set({ serviceName: 'b' })),
        both: causesOf(await set({ template, serviceName: 'b' })),
        daemonWrong: causesOf(await api.put(api.apps('daemonsets/a'), daemonSet('a', { volumes }))),
        daemonImmutable: causesOf(await api.put(api.apps('daemonsets/a'), daemonSet('b', {}))),
        daemonBoth: causesOf(await api.put(api.apps('daemonsets/a'), daemonSet('b', { volumes }))),
      };
    },
    {
      wrong: ['FieldValueInvalid spec.template.spec.volumes[0].name'],
      immutable: ['FieldValueForbidden spec'],
      both: ['FieldValueInvalid spec.template.spec.volumes[0].name', 'FieldValueForbidden spec'],
      daemonWrong: ['FieldValueInvalid spec.template.spec.volumes[0].name'],
      daemonImmutable: ['FieldValueInvalid spec.selector'],
      daemonBoth: ['FieldValueInvalid spec.selector', 'FieldValueInvalid spec.template.spec.volumes[0].name'],
    },
  ),
  contractCase(
    'update: of a Pod only images and few other fields',
    async (api) => {
      await api.create(api.core('pods'), pod('a'));
      const image = { spec: { containers: [{ name: 'main', image: 'example.test/app:2' }] } };
      const env = { spec: { containers: [{ name: 'main', env: [{ name: 'A', value: 'b' }] }] } };
      const changed = await api.patch(api.core('pods/a'), 'strategic', image);
      const refused = await api.patch(api.core('pods/a'), 'strategic', env);
      return [verdict(changed), verdict(refused), text(refused.body.message).split('\n')[0]];
    },
    [
      '200',
      '422 Invalid',
      'Pod "a" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
    ],
  ),
];
