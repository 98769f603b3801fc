import { refusal } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, show, text } from '../case.ts';
import { deployment, pod, podTemplate, service, statefulSet } from '../manifests.ts';

/** What a container and a pod spec get that the manifests of these cases leave out. */
const container = {
  name: 'main',
  image: 'example.test/app:1',
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: 'IfNotPresent',
};
const template = {
  metadata: { labels: { app: 'a' } },
  spec: {
    containers: [container],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 0,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  },
};
const claim = {
  metadata: { name: 'db' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

export const defaultCases: readonly ContractCase[] = [
  contractCase(
    'defaults: a StatefulSet',
    async (api) => {
      const { metadata, spec, status } = await api.create(api.apps('statefulsets'), statefulSet('a'));
      return { generation: metadata?.generation, spec, status };
    },
    {
      generation: 1,
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'a' } },
        template,
        serviceName: 'a',
        podManagementPolicy: 'OrderedReady',
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
        revisionHistoryLimit: 10,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      },
      status: { replicas: 0, availableReplicas: 0 },
    },
  ),
  contractCase(
    'defaults: the claim templates of a StatefulSet',
    async (api) => {
      const body = statefulSet('a', { volumeClaimTemplates: [claim] });
      const { spec } = await api.create(api.apps('statefulsets'), body);
      return spec?.volumeClaimTemplates;
    },
    [
      {
        kind: 'PersistentVolumeClaim',
        apiVersion: 'v1',
        metadata: { name: 'db' },
        spec: { ...claim.spec, volumeMode: 'Filesystem' },
        status: { phase: 'Pending' },
      },
    ],
  ),
  contractCase(
    'defaults: a Deployment',
    async (api) => {
      const { spec, status } = await api.create(api.apps('deployments'), deployment('a'));
      return { spec, status };
    },
    {
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'a' } },
        template,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      },
      status: {},
    },
  ),
  contractCase(
    'defaults: a DaemonSet',
    async (api) => {
      const spec = { selector: { matchLabels: { app: 'a' } }, template };
      const body = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'a' }, spec };
      const made = await api.create(api.apps('daemonsets'), body);
      return { annotations: made.metadata?.annotations, spec: made.spec, status: made.status };
    },
    {
      annotations: { 'deprecated.daemonset.template.generation': '1' },
      spec: {
        selector: { matchLabels: { app: 'a' } },
        template,
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
        revisionHistoryLimit: 10,
      },
      status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
    },
  ),
  contractCase(
    'defaults: probes, ports, env references and volumes of a Pod',
    async (api) => {
      const full = {
        name: 'main',
        image: 'example.test/app',
        ports: [{ containerPort: 80 }],
        readinessProbe: { httpGet: { port: 80 } },
        livenessProbe: { tcpSocket: { port: 80 }, periodSeconds: 5 },
        env: [{ name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
        resources: { limits: { memory: '1Gi' } },
      };
      const volumes = [
        { name: 'c', configMap: { name: 'c' } },
        { name: 's', secret: { secretName: 's' } },
        { name: 'p', projected: { sources: [{ secret: { name: 's' } }] } },
        { name: 'e', emptyDir: {} },
        { name: 'none' },
      ];
      const { spec, status } = await api.create(api.core('pods'), pod('a', { containers: [full], volumes }));
      const [only] = list(spec?.containers);
      const keep = ['ports', 'readinessProbe', 'livenessProbe', 'env', 'resources', 'imagePullPolicy'];
      return {
        container: Object.fromEntries(keep.map((key) => [key, only?.[key]])),
        volumes: list(spec?.volumes).filter(({ name }) => text(name).length === 1 || text(name) === 'none'),
        rest: [spec?.enableServiceLinks, spec?.preemptionPolicy, spec?.priority, list(spec?.tolerations).length],
        status,
      };
    },
    {
      container: {
        ports: [{ containerPort: 80, protocol: 'TCP' }],
        readinessProbe: {
          httpGet: { path: '/', port: 80, scheme: 'HTTP' },
          timeoutSeconds: 1,
          periodSeconds: 10,
          successThreshold: 1,
          failureThreshold: 3,
        },
        livenessProbe: {
          tcpSocket: { port: 80 },
          timeoutSeconds: 1,
          periodSeconds: 5,
          successThreshold: 1,
          failureThreshold: 3,
        },
        env: [{ name: 'POD', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } }],
        resources: { limits: { memory: '1Gi' }, requests: { memory: '1Gi' } },
        imagePullPolicy: 'Always',
      },
      volumes: [
        { name: 'c', configMap: { name: 'c', defaultMode: 420 } },
        { name: 's', secret: { secretName: 's', defaultMode: 420 } },
        { name: 'p', projected: { sources: [{ secret: { name: 's' } }], defaultMode: 420 } },
        { name: 'e', emptyDir: {} },
        { name: 'none', emptyDir: {} },
      ],
      rest: [true, 'PreemptLowerPriority', 0, 2],
      status: { phase: 'Pending', qosClass: 'Burstable' },
    },
  ),
  contractCase(
    'defaults: a Service gets a cluster IP of the range, its families and target ports',
    async (api) => {
      const { spec, status } = await api.create(
        api.core('services'),
        service('a', {
          ports: [
            { name: 'x', port: 80 },
            { name: 'y', port: 81, targetPort: 'web' },
          ],
        }),
      );
      const { clusterIP, clusterIPs, ...rest } = spec ?? {};
      return {
        inRange: text(clusterIP).startsWith('10.96.'),
        same: show([clusterIP]) === show(clusterIPs),
        rest,
        status,
      };
    },
    {
      inRange: true,
      same: true,
      rest: {
        ports: [
          { name: 'x', protocol: 'TCP', port: 80, targetPort: 80 },
          { name: 'y', protocol: 'TCP', port: 81, targetPort: 'web' },
        ],
        selector: { app: 'a' },
        type: 'ClusterIP',
        sessionAffinity: 'None',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        internalTrafficPolicy: 'Cluster',
      },
      status: { loadBalancer: {} },
    },
  ),
  contractCase(
    'defaults: a headless Service keeps None',
    async (api) => {
      const { spec } = await api.create(api.core('services'), service('a', { clusterIP: 'None' }));
      return spec;
    },
    {
      ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }],
      selector: { app: 'a' },
      clusterIP: 'None',
      clusterIPs: ['None'],
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    },
  ),
  contractCase(
    'defaults: an update of a Service without clusterIP keeps it, another one is 422',
    async (api) => {
      const made = await api.create(api.core('services'), service('a'));
      const kept = await api.put(api.core('services/a'), service('a', { ports: [{ port: 81 }] }));
      const refused = await api.patch(api.core('services/a'), 'merge', {
        spec: { clusterIP: 'None', clusterIPs: ['None'] },
      });
      return {
        kept: [kept.status, kept.body.spec?.clusterIP === made.spec?.clusterIP],
        refused: [refused.status, list(refused.body.details?.causes).map(({ field }) => field)],
      };
    },
    { kept: [200, true], refused: [422, ['spec.clusterIPs[0]']] },
  ),
  contractCase(
    'defaults: several unnamed Service ports are 422, and so are two of one name',
    async (api) => {
      const unnamed = await api.post(api.core('services'), service('a', { ports: [{ port: 80 }, { port: 81 }] }));
      const twice = await api.post(
        api.core('services'),
        service('b', {
          ports: [
            { name: 'x', port: 80 },
            { name: 'x', port: 81 },
          ],
        }),
      );
      const causes = (body: (typeof unnamed)['body']) =>
        list(body.details?.causes).map(({ reason, field }) => ({ reason, field }));
      return [causes(unnamed.body), causes(twice.body)];
    },
    [
      [
        { reason: 'FieldValueRequired', field: 'spec.ports[0].name' },
        { reason: 'FieldValueRequired', field: 'spec.ports[1].name' },
      ],
      [{ reason: 'FieldValueDuplicate', field: 'spec.ports[1].name' }],
    ],
  ),
  contractCase(
    'defaults: a StatefulSet that lacks everything is 422 with every cause',
    async (api) => {
      const body = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a' }, spec: { replicas: -1 } };
      const answer = await api.post(api.apps('statefulsets'), body);
      const causes = list(answer.body.details?.causes).map(({ reason, field }) => `${show(reason)} ${show(field)}`);
      return { status: answer.status, causes };
    },
    {
      status: 422,
      causes: [
        'FieldValueInvalid spec.replicas',
        'FieldValueRequired spec.selector',
        'FieldValueInvalid spec.template.metadata.labels',
        'FieldValueRequired spec.template.spec.containers',
      ],
    },
  ),
  contractCase(
    'defaults: two containers of one name and an unknown volume mount are 422 with their paths',
    async (api) => {
      const one = { name: 'x', image: 'i', volumeMounts: [{ name: 'none', mountPath: '/x' }] };
      const answer = await api.post(api.core('pods'), pod('a', { containers: [one, { name: 'x', image: 'i' }] }));
      return list(answer.body.details?.causes).map(({ reason, field }) => `${show(reason)} ${show(field)}`);
    },
    ['FieldValueNotFound spec.containers[0].volumeMounts[0].name', 'FieldValueDuplicate spec.containers[1].name'],
  ),
  contractCase(
    'defaults: a volume mount of a StatefulSet may name a claim template, one that names nothing is 422',
    async (api) => {
      const mounting = (name: string) =>
        podTemplate('a', { containers: [{ name: 'x', image: 'i', volumeMounts: [{ name, mountPath: '/x' }] }] });
      const claimed = await api.post(
        api.apps('statefulsets'),
        statefulSet('a', { template: mounting('db'), volumeClaimTemplates: [claim] }),
      );
      const unknown = await api.post(api.apps('statefulsets'), {
        ...statefulSet('a', { template: mounting('none') }),
        metadata: { name: 'b' },
      });
      const deployed = await api.post(api.apps('deployments'), deployment('a', { template: mounting('none') }));
      const causes = (body: Loose) =>
        list(body.details?.causes).map(({ reason, field }) => `${show(reason)} ${show(field)}`);
      return [claimed.status, unknown.status, causes(unknown.body), deployed.status, causes(deployed.body)];
    },
    [
      201,
      422,
      ['FieldValueNotFound spec.template.spec.containers[0].volumeMounts[0].name'],
      422,
      ['FieldValueNotFound spec.template.spec.containers[0].volumeMounts[0].name'],
    ],
  ),
  contractCase(
    'defaults: names are checked by kind: subdomain for most, label for Services and Namespaces',
    async (api) => {
      const dotted = await api.post(api.core('configmaps'), { metadata: { name: 'a.b' } });
      const upper = await api.post(api.core('configmaps'), { metadata: { name: 'A_b' } });
      const svc = await api.post(api.core('services'), service('a.b'));
      const ns = await api.post('/api/v1/namespaces', { metadata: { name: 'a.b' } });
      return [dotted.status, refusal(upper), svc.status, ns.status];
    },
    [
      201,
      {
        status: 422,
        kind: 'Status',
        reason: 'Invalid',
        message:
          "ConfigMap \"A_b\" is invalid: metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        details: {
          name: 'A_b',
          kind: 'ConfigMap',
          causes: [
            {
              reason: 'FieldValueInvalid',
              message:
                "Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
              field: 'metadata.name',
            },
          ],
        },
        code: 422,
      },
      422,
      422,
    ],
  ),
  contractCase(
    'defaults: labels and annotations are checked',
    async (api) => {
      const fields = async (metadata: object) => {
        const { body } = await api.post(api.core('configmaps'), { metadata: { name: 'a', ...metadata } });
        return list(body.details?.causes).map(({ field }) => field);
      };
      return [
        await fields({ labels: { 'bad key': 'v' } }),
        await fields({ labels: { k: 'not/allowed' } }),
        await fields({ annotations: { 'bad key': 'v' } }),
      ];
    },
    [['metadata.labels'], ['metadata.labels'], ['metadata.annotations']],
  ),
];
