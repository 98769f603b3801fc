import { refusal, verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, text } from '../case.ts';
import { configMap, deployment, pod, podTemplate, statefulSet } from '../manifests.ts';

const stale = { resourceVersion: '1' };

export const updateCases: readonly ContractCase[] = [
  contractCase(
    'update: a stale resourceVersion is 409 Conflict',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      return refusal(await api.put(api.core('configmaps/a'), configMap('a', { k: 'v' }, stale)));
    },
    {
      status: 409,
      kind: 'Status',
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
      details: { name: 'a', kind: 'configmaps' },
      code: 409,
    },
  ),
  contractCase(
    'update: without a resourceVersion the last writer wins',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a', { one: '1' }));
      const { status, body } = await api.put(api.core('configmaps/a'), configMap('a', { two: '2' }));
      return { status, data: body.data };
    },
    { status: 200, data: { two: '2' } },
  ),
  contractCase(
    'update: a missing object is 404, also with a resourceVersion in the body',
    async (api) => [
      verdict(await api.put(api.core('configmaps/a'), configMap('a'))),
      verdict(await api.put(api.core('configmaps/a'), configMap('a', {}, { resourceVersion: '7' }))),
    ],
    ['404 NotFound', '404 NotFound'],
  ),
  contractCase(
    'update: a Lease and an Event without a resourceVersion are created when missing or refused alike',
    async (api) => {
      const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'a' }, spec: {} };
      return verdict(await api.put(api.in('coordination.k8s.io/v1', 'leases/a'), lease));
    },
    '201',
  ),
  contractCase(
    'update: a name in the body that is not the one of the path is 400',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      return refusal(await api.put(api.core('configmaps/a'), configMap('b')));
    },
    {
      status: 400,
      kind: 'Status',
      reason: 'BadRequest',
      message: 'the name of the object (b) does not match the name on the URL (a)',
      code: 400,
    },
  ),
  contractCase(
    'update: a uid of another object is 409 with a precondition message',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      const other = { uid: '11111111-1111-1111-1111-111111111111' };
      const { status, body } = await api.put(api.core('configmaps/a'), configMap('a', {}, other));
      return { status, reason: body.reason, message: body.message };
    },
    {
      status: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "a": StorageError: invalid object, Code: 4, Key: /registry/configmaps/NS/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: UID, UID in object meta: UID',
    },
  ),
  contractCase(
    'update: creationTimestamp and uid that are left out are filled in from the stored object',
    async (api) => {
      const made = await api.create(api.core('configmaps'), configMap('a'));
      const { body } = await api.put(api.core('configmaps/a'), configMap('a', { k: 'v' }));
      const same = (key: string) => made.metadata?.[key] === body.metadata?.[key];
      return { uid: same('uid'), creationTimestamp: same('creationTimestamp') };
    },
    { uid: true, creationTimestamp: true },
  ),
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
    'update: an unchanged spec keeps the generation, a changed one moves it on by one',
    async (api) => {
      const made = await api.create(api.apps('deployments'), deployment('a'));
      const labelled = await api.patch(api.apps('deployments/a'), 'merge', { metadata: { labels: { x: 'y' } } });
      const scaled = await api.patch(api.apps('deployments/a'), 'merge', { spec: { replicas: 3 } });
      return [made, labelled.body, scaled.body].map(({ metadata }) => metadata?.generation);
    },
    [1, 1, 2],
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
