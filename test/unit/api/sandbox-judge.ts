import { renderCRD } from '../../../src/api/crd.ts';
import { customKinds } from '../../../src/api/kinds.ts';
import { monitoringGroup } from '../../../src/api/resource.ts';
import { readBody } from '../sandbox/read-body.ts';
import type { ApiResponse } from '../../../src/sandbox/http/message.ts';
import { createSandboxServer } from '../../../src/sandbox/server.ts';
import type { GeneratedObject } from './kind-objects.ts';

/** Says "" of an object that is taken, else why it is refused. */
export type Judge = (object: GeneratedObject) => Promise<string>;

/** The embedded API server with the full set of CRDs, asked for strict dry runs as a real one is. No socket. */
export async function createSandboxJudge(): Promise<Judge> {
  const adminToken = 'token';
  const sandbox = createSandboxServer({ adminToken });
  const post = (url: string, body: object): Promise<ApiResponse> =>
    Promise.resolve(
      sandbox.handle({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  for (const kind of customKinds) {
    const { status, body } = await post(
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      renderCRD(kind, 'full'),
    );
    if (status !== 201) throw new Error(`CRD of ${kind.type.kind}: ${typeof body === 'string' ? body : status}`);
  }
  return async ({ version, plural, object }) => {
    const path = `/apis/${monitoringGroup}/${version}/namespaces/default/${plural}`;
    const response = await post(`${path}?dryRun=All&fieldValidation=Strict`, object);
    if (response.status < 300) return '';
    const { message } = JSON.parse(await readBody(response)) as { message?: string };
    return message ?? `status ${response.status}`;
  };
}
