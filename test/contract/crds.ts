/** CustomResourceDefinitions for cases: each in a group of the case's own, because they are cluster-wide. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, Api } from './api.ts';
import type { Loose } from './case.ts';
import { list, text } from './case.ts';

export const definitionsPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

export function groupOf(api: Api): string {
  return `${api.namespace}.example.test`;
}

/** Path below the case's group, version v1. */
export function widgets(api: Api, path = 'widgets'): string {
  return api.in(`${groupOf(api)}/v1`, path);
}

export function widget(api: Api, name: string, fields: object = {}): object {
  return { apiVersion: `${groupOf(api)}/v1`, kind: 'Widget', metadata: { name }, ...fields };
}

/** A CRD of kind Widget whose `spec` has the given properties; `version` adds to or replaces parts of its only version. */
export function definition(api: Api, properties: object, version: object = {}): object {
  const group = groupOf(api);
  const schema = { type: 'object', properties: { spec: { type: 'object', properties }, status: anything } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList', shortNames: ['wd'] },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...version }],
    },
  };
}

const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** Creates the CRD, waits until its resource is served, runs `use` and deletes the CRD again. */
export async function withDefinition<T>(api: Api, body: object, use: (created: Loose) => Promise<T>): Promise<T> {
  const created = await api.create(definitionsPath, body);
  const path = `${definitionsPath}/${text(created.metadata?.name)}`;
  try {
    await eventually(() => api.get(path), isEstablished);
    await eventually(
      () => api.get(widgets(api)),
      ({ status }) => status === 200,
    );
    return await use(created);
  } finally {
    await api.delete(path);
  }
}

function isEstablished({ body }: Answer): boolean {
  return list(body.status?.conditions).some(
    ({ type, status }) => text(type) === 'Established' && text(status) === 'True',
  );
}

function describe(answer: unknown): string {
  const body = typeof answer === 'object' && answer !== null && 'text' in answer ? answer.text : answer;
  return (typeof body === 'string' ? body : JSON.stringify(body))
    .replace(/"managedFields":\[.*?\}\]\},?/g, '')
    .slice(0, 1500);
}

/** The garbage collector of kube-controller-manager looks for new resources every 30 s. */
const patienceMs = 75_000;

/** Asks until the answer is the awaited one; throws with the last answer after a long while. */
export async function eventually<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (isDone(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain, the last answer was ${describe(answer)}`);
    await delay(25);
  }
}
