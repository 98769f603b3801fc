/** What each user wrote, as the API server's own audit log has it: no write escapes it, not even one that was undone. */
import { readFileSync } from 'node:fs';

/** "writes": nobody's reads; "all": reads and watches as well, which makes a long log. */
export type AuditScope = 'writes' | 'all';

/** Writes of everybody, those to Secrets and Leases with what was sent; reads where they are asked for. */
export function makeAuditPolicy(scope: AuditScope) {
  return {
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived', 'ResponseStarted'],
    rules: [
      {
        level: 'Request',
        verbs: ['create', 'update', 'patch', 'delete'],
        resources: [
          { group: '', resources: ['secrets'] },
          { group: 'coordination.k8s.io', resources: ['leases'] },
        ],
      },
      { level: 'Metadata', verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'] },
      { level: scope === 'all' ? 'Metadata' : 'None' },
    ],
  };
}

interface AuditEvent {
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  readonly requestObject?: unknown;
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
}

/** One request that was sent to the API server, successful or not. */
export interface Write {
  readonly user: string;
  readonly verb: string;
  /** Plural, with the subresource: "prometheuses/status"; "" for paths that are no resource, such as /version. */
  readonly resource: string;
  readonly namespace: string;
  /** "" where the server names the object. */
  readonly name: string;
  readonly code: number;
  /** What was sent; Secrets and Leases only. */
  readonly object: unknown;
  /** When it came and when it was answered; milliseconds since 1970, to the microsecond. */
  readonly receivedAt: number;
  readonly at: number;
}

/** For messages of tests: "update statefulsets shop/prometheus-main 200". */
export function describeWrite({ verb, resource, namespace, name, code }: Write): string {
  return `${verb} ${resource} ${namespace}/${name} ${code}`;
}

const writingVerbs = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

/** They are created, but nothing is stored: the operator asks for its permissions. */
const questions = new Set(['selfsubjectaccessreviews', 'selfsubjectrulesreviews']);

/** All writes in the log file, in the order in which they ended. */
export function readWrites(file: string): Write[] {
  return readRequests(file).filter(({ verb, resource }) => writingVerbs.has(verb) && !questions.has(resource));
}

/** All requests in the log file that the policy lets in, in the order in which they ended. */
export function readRequests(file: string): Write[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => toWrite(JSON.parse(line) as AuditEvent));
}

function toWrite(event: AuditEvent): Write {
  const { verb, user, objectRef = {}, responseStatus, requestObject } = event;
  const { resource = '', subresource, namespace = '', name = '' } = objectRef;
  return {
    user: user.username,
    verb,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    namespace,
    name,
    code: responseStatus?.code ?? 0,
    object: requestObject,
    receivedAt: parseMicroTime(event.requestReceivedTimestamp),
    at: parseMicroTime(event.stageTimestamp),
  };
}

/** "2026-01-01T00:00:00.123456Z" in milliseconds: Date.parse drops the last three digits. */
function parseMicroTime(text: string): number {
  const micros = /\.\d{3}(\d{3})/.exec(text)?.[1] ?? '0';
  return Date.parse(text) + Number(micros) / 1000;
}
