/** What a user types, step by step: each prints the same on every server. */

/** One call of kubectl. */
export interface Step {
  readonly args: readonly string[];
  /** Standard input: what `-f -` reads. */
  readonly input?: string;
  /** Why the sandbox prints something else. */
  readonly differs?: string;
}

/** Words of a command line; what has spaces in it is given by itself. */
const step = (line: string, ...more: readonly string[]): Step => ({ args: [...line.split(' '), ...more] });
const differing = (line: string, differs: string): Step => ({ ...step(line), differs });
const feed = (line: string, input: string): Step => ({ args: line.split(' '), input });

const undescribed = 'types of built-in kinds have no descriptions';

const config = (data: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, labels: {app: shop}}
data: {${data}}
`;

const web = (image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: shop}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "${image}", ports: [{name: http, containerPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: shop}}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: http}]
`;

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: crontabs.stable.example.com}
spec:
  group: stable.example.com
  scope: Namespaced
  names: {plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct], categories: [all]}
  versions:
  - name: v1
    served: true
    storage: true
    subresources:
      status: {}
      scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
    additionalPrinterColumns:
    - {name: Schedule, type: string, jsonPath: .spec.schedule, description: When it runs}
    - {name: Replicas, type: integer, jsonPath: .spec.replicas}
    schema:
      openAPIV3Schema:
        type: object
        description: Runs something from time to time.
        properties:
          spec:
            type: object
            description: What is wanted.
            required: [schedule]
            x-kubernetes-validations:
            - {rule: "self.replicas <= 5", message: no more than five replicas}
            properties:
              schedule: {type: string, description: When it runs., pattern: '^[0-9*/ ]+$'}
              replicas: {type: integer, description: How many., minimum: 0, default: 1}
          status:
            type: object
            properties: {replicas: {type: integer}}
`;

const cronTab = (schedule: string, replicas: string): string => `apiVersion: stable.example.com/v1
kind: CronTab
metadata: {name: nightly}
spec: {schedule: "${schedule}"${replicas}}
`;

/** Whether it changes nothing, so that it can be typed again while controllers are at work. */
export const isReading = ({ args: [verb = '', noun = ''] }: Step): boolean =>
  /^(?:get|describe|explain|wait|events|api-resources|api-versions|auth|diff)$/.test(verb) ||
  (verb === 'rollout' && /^(?:status|history)$/.test(noun));

/** In their order: each finds what those before have left. */
export const steps: readonly Step[] = [
  // Making and reading.
  feed('apply -f -', config('color: red')),
  feed('apply -f -', config('color: red')),
  feed('diff -f -', config('color: blue')),
  feed('apply -f -', config('color: blue, size: large')),
  feed('apply --dry-run=server -f -', config('color: green')),
  feed('apply --dry-run=client -f -', config('color: green')),
  step('get configmap settings'),
  step('get configmap settings -o json'),
  step('get configmap settings -o yaml'),
  step('get cm settings -o name'),
  step('get cm settings -o jsonpath={.data.color}'),
  step('get cm settings -o go-template={{range', '$k,', '$v', ':=', '.data}}{{$k}}{{end}}'),
  step('get cm settings -o custom-columns=NAME:.metadata.name,COLOR:.data.color'),
  step('get cm -l app=shop --show-labels'),
  step('get cm -l app!=shop,other'),
  step('get cm nothing'),
  step('get nonsense'),
  step('describe configmap settings'),
  feed('create -f -', config('color: red')),
  step('create configmap made --from-literal=a=b --from-literal=c=d'),
  step('create secret generic token --from-literal=token=abc'),
  step('get secret token'),
  step('describe secret token'),
  feed('replace -f -', config('color: black')),
  feed('apply -f -', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: odd}\nspec: {a: b}\n'),
  feed('apply -f -', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Odd_Name}\n'),
  feed('apply --validate=false -f -', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: odd}\nspec: {a: b}\n'),
  // Changing.
  step('patch configmap settings --type=merge -p', '{"data":{"size":"small"}}'),
  step('patch configmap settings --type=json -p', '[{"op":"remove","path":"/data/size"}]'),
  step('patch configmap settings --type=json -p', '[{"op":"test","path":"/data/color","value":"pink"}]'),
  step('patch configmap settings --type=merge -p', '{"data":{"size":"small"}}', '-o', 'jsonpath={.data}'),
  step('label configmap settings tier=front'),
  step('label configmap settings tier=back'),
  step('label configmap settings tier=back --overwrite'),
  step('label configmap settings tier-'),
  step('annotate configmap settings note=hello'),
  step('annotate configmap settings note-'),
  feed('apply --server-side --field-manager=team -f -', config('color: white')),
  feed('apply --server-side --field-manager=team --force-conflicts -f -', config('color: white')),
  step('get cm settings -o jsonpath={.data.color}'),
  // Workloads.
  feed('apply -f -', web('shop:1')),
  step('wait deployment/web --for=jsonpath={.status.updatedReplicas}=2 --timeout=60s'),
  step('rollout status deployment/web --timeout=1s'),
  step('get deployment web'),
  step('get deployment web -o wide'),
  step('get service web'),
  step('get svc web -o wide'),
  step('get endpoints web'),
  step('scale deployment web --replicas=3'),
  step('scale deployment web --replicas=2 --current-replicas=7'),
  step('get deployment web -o jsonpath={.spec.replicas}'),
  step('set image deployment/web web=shop:2'),
  step(
    'wait deployment/web --for=jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}=2 --timeout=60s',
  ),
  step('rollout history deployment/web'),
  step('rollout undo deployment/web'),
  step('get deployment web -o jsonpath={.spec.template.spec.containers[0].image}'),
  step('rollout pause deployment/web'),
  step('rollout resume deployment/web'),
  step('set env deployment/web LEVEL=debug'),
  step('expose deployment web --name=again --port=8080'),
  step('get svc again -o jsonpath={.spec.selector}{.spec.ports}'),
  step('wait deployment/web --for=condition=Available --timeout=1s'),
  step('wait deployment/web --for=jsonpath={.spec.replicas}=3 --timeout=20s'),
  step('autoscale deployment nothing --min=1 --max=2'),
  // Definitions.
  feed('apply -f -', definition),
  step('wait crd/crontabs.stable.example.com --for=condition=Established --timeout=30s'),
  step('get crd crontabs.stable.example.com -o jsonpath={.status.acceptedNames.kind}'),
  { ...step('explain crontabs'), differs: undescribed },
  step('explain crontabs.spec'),
  step('explain crontabs.spec.replicas'),
  { ...step('explain crontabs --recursive'), differs: 'fieldsV1 has no type with a name' },
  feed('apply -f -', cronTab('* * *', '')),
  feed('apply -f -', cronTab('never', '')),
  feed('apply -f -', cronTab('* * *', ', replicas: 9')),
  feed('apply -f -', cronTab('* * *', ', replica: 2')),
  step('get crontabs'),
  step('get ct -o jsonpath={.items[*].spec}'),
  step('scale crontab nightly --replicas=4'),
  step('get ct nightly'),
  step('patch ct nightly --subresource=status --type=merge -p', '{"status":{"replicas":4}}'),
  step('get ct nightly -o jsonpath={.status}'),
  // Asking about the server.
  step('api-resources --api-group=apps -o name'),
  step('api-resources --api-group=stable.example.com'),
  differing('api-versions', 'groups that nothing here uses are not there'),
  step('auth can-i create deployments'),
  step('auth can-i --list --namespace=default -o name'),
  step('auth whoami -o jsonpath={.kind}'),
  differing('explain deployment.spec.replicas', undescribed),
  differing('explain service.spec.ports', undescribed),
  step('get --raw /api/v1/namespaces/k80/configmaps/none'),
  step('get namespace k80'),
  step('get serviceaccounts'),
  step('create token nobody'),
  step('events --types=Warning'),
  // Taking away.
  step('delete configmap settings'),
  step('delete configmap settings'),
  step('delete configmap settings --ignore-not-found'),
  step('delete cm -l app=shop'),
  step('delete deployment web --cascade=orphan'),
  step('get replicasets -o jsonpath={.items[*].metadata.ownerReferences}'),
  step('delete svc web again'),
  step('delete ct --all'),
  step('delete crd crontabs.stable.example.com'),
  step('get crontabs'),
  step('delete secret token --wait=false'),
  step('get all,cm,secret -o name -l app=shop'),
];
