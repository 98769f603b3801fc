import type { ContractCase } from '../case.ts';
import { contractCase, list, show, text } from '../case.ts';
import { claimTemplate, deployment, pod, service, statefulSet } from '../manifests.ts';

const claim = claimTemplate('db');

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
];
