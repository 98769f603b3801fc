/** Paths that are no resources: discovery, OpenAPI, version, health. */
import {
  renderAggregated,
  renderCoreVersions,
  renderGroup,
  renderGroupList,
  renderResourceList,
} from '../discovery/discovery-documents.ts';
import { listGroups } from '../discovery/versions.ts';
import type { OpenApiDocuments } from '../openapi/openapi-documents.ts';
import type { Registry } from '../registry/registry.ts';
import { answerJson, answerNoPage, answerText } from './answer.ts';
import type { ApiRequest, ApiResponse } from './message.ts';
import { parseAccept } from './negotiate.ts';

/** What these paths are answered from. */
export interface PathContext {
  readonly registry: Registry;
  readonly openApi: OpenApiDocuments;
  /** "v1.36.0" */
  readonly version: string;
  /** host:port as clients see it. */
  readonly address: string;
}

const openPaths = /^\/(?:healthz|livez|readyz|version)(?:\/|$)/;

/** True for paths that need no authentication. */
export function isOpenPath(path: string): boolean {
  return openPaths.test(path);
}

export function handlePath(path: string, request: ApiRequest, context: PathContext): ApiResponse {
  if (request.method !== 'GET' && request.method !== 'HEAD') return answerNoPage();
  const steps = path.split('/').filter((step) => step !== '');
  const [root = ''] = steps;
  if (root === 'api' || root === 'apis') return handleDiscovery(steps, request, context);
  if (root === 'openapi') return handleOpenApi(steps, request, context);
  if (root === 'version') return answerJson(200, renderVersion(context.version));
  if (root === 'healthz' || root === 'livez' || root === 'readyz') return answerText(200, 'ok');
  return root === '' ? answerJson(200, { paths: listAllPaths(context.registry) }) : answerNoPage();
}

function handleDiscovery(
  steps: readonly string[],
  request: ApiRequest,
  { registry, address }: PathContext,
): ApiResponse {
  const [root, group, version] = steps;
  const core = root === 'api';
  if (group === undefined) {
    const aggregated = parseAccept(request.headers.accept).find(
      ({ parameters }) => parameters.as === 'APIGroupDiscoveryList',
    );
    const form = aggregated?.parameters.v ?? '';
    if (form === 'v2' || form === 'v2beta1') {
      const type = `application/json;g=apidiscovery.k8s.io;v=${form};as=APIGroupDiscoveryList`;
      return answerJson(200, renderAggregated(registry, core, form), { 'content-type': type });
    }
    return answerJson(200, core ? renderCoreVersions(address) : renderGroupList(registry));
  }
  if (core && version !== undefined) return answerNoPage();
  const document = core
    ? renderResourceList(registry, '', group)
    : version === undefined
      ? renderGroup(registry, group)
      : renderResourceList(registry, group, version);
  return document === undefined ? answerNoPage() : answerJson(200, document);
}

const protobuf = 'application/com.github.proto-openapi.spec';

function handleOpenApi(steps: readonly string[], request: ApiRequest, { openApi }: PathContext): ApiResponse {
  const [, form = '', ...rest] = steps;
  const [first] = parseAccept(request.headers.accept);
  const encoded = first?.type.startsWith(protobuf) === true;
  if (form === 'v2') {
    return encoded ? answerProtobuf(form, openApi.encodedSwagger()) : answerJson(200, openApi.swagger());
  }
  if (form !== 'v3') return answerNoPage();
  return rest.length === 0 ? answerJson(200, openApi.index()) : answerDocument(rest, encoded, openApi);
}

/** `steps`: api, VERSION or apis, GROUP, VERSION. */
function answerDocument(steps: readonly string[], encoded: boolean, openApi: OpenApiDocuments): ApiResponse {
  const [root, ...rest] = steps;
  const [group = '', version = ''] = root === 'api' ? ['', ...rest] : rest;
  const document = encoded ? openApi.encodedDocument(group, version) : openApi.document(group, version);
  if (document === undefined) return answerNoPage();
  return Buffer.isBuffer(document) ? answerProtobuf('v3', document) : answerJson(200, document);
}

function answerProtobuf(form: string, body: Buffer): ApiResponse {
  return { status: 200, headers: { 'content-type': `${protobuf}.${form}.v1.0+protobuf` }, body };
}

function renderVersion(gitVersion: string): unknown {
  const [, major = '1', minor = '0'] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return {
    major,
    minor,
    gitVersion,
    gitCommit: 'stoker-sandbox',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: 'none',
    compiler: 'none',
    platform: `${process.platform}/${process.arch}`,
  };
}

function listAllPaths(registry: Registry): string[] {
  const groups = listGroups(registry).flatMap(({ name, versions }) => {
    const root = name === '' ? '/api' : `/apis/${name}`;
    return [root, ...versions.map((version) => `${root}/${version}`)];
  });
  return [...groups, '/apis', '/healthz', '/livez', '/openapi/v2', '/openapi/v3', '/readyz', '/version'].sort();
}
