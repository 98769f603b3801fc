import type { ProgramOptions } from '../../../../src/cli/running/programs.ts';
import type { ReplicasQuestion } from '../../../../src/core/explain/questions.ts';
import type { KubernetesClient } from '../../../../src/kubernetes/client/client.ts';

/**
 * Asks the Pod main-0 of a workload through an API server that answers at these paths, and rejects at all others.
 * @param kind of the workload
 */
export async function askPods<T>(
  kind: string,
  answers: Readonly<Record<string, unknown>>,
  ask: (question: ReplicasQuestion, options: ProgramOptions) => Promise<T>,
): Promise<{ readonly facts: T; readonly paths: readonly string[] }> {
  const paths: string[] = [];
  const raw: KubernetesClient['raw'] = ({ path }) => {
    paths.push(path);
    const end = path.slice(path.includes('/prefix') ? path.indexOf('/prefix') + '/prefix'.length : 0);
    return end in answers
      ? Promise.resolve({ status: 200, body: answers[end] })
      : Promise.reject(new Error(`no answer at ${end}`));
  };
  const question = {
    workload: { kind, namespace: 'monitoring', name: 'main' },
    pods: [{ namespace: 'monitoring', name: 'main-0', shard: 0 }],
    web: { scheme: 'https', port: '9090', prefix: '/prefix' },
  } as const;
  const client = { raw } as KubernetesClient;
  return { facts: await ask(question, { client, signal: new AbortController().signal }), paths };
}
