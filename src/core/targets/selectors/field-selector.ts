/** Field selectors as the API server reads them (docs/reference/discovery.md 2.5). */
import type { KubernetesObject } from '../../../api/meta.ts';
import type { NodeObject, PodObject, Role, RoleObjects, ServiceObject } from '../groups/discovered-objects.ts';

/** One condition on one field. */
export interface FieldTerm {
  readonly field: string;
  readonly isEqual: boolean;
  readonly value: string;
}

/**
 * Reads a selector such as "spec.nodeName=a,status.phase!=Failed". Only the syntax is checked, as Prometheus does.
 *
 * @throws {SyntaxError} with the API machinery's message.
 */
export function parseFieldSelector(text: string): readonly FieldTerm[] {
  return splitTerms(text).map((term) => {
    const found = /!=|==?/.exec(term);
    if (found === null) throw new SyntaxError(`invalid selector: '${text}'; can't understand '${term}'`);
    const [operator] = found;
    const raw = term.slice(found.index + operator.length);
    return { field: term.slice(0, found.index), isEqual: operator !== '!=', value: unescapeValue(raw) };
  });
}

/** The terms between commas that no backslash stands before; empty ones are left out. */
function splitTerms(text: string): readonly string[] {
  const terms: string[] = [];
  let begin = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (at === text.length || text[at] === ',') {
      if (at > begin) terms.push(text.slice(begin, at));
      begin = at + 1;
    }
  }
  if (begin < text.length) terms.push(text.slice(begin));
  return terms;
}

function unescapeValue(raw: string): string {
  const pieces = raw.match(/\\?[^]/g) ?? [];
  const bad = pieces.find((piece) => piece === '=' || piece === ',');
  if (bad !== undefined)
    throw new SyntaxError(`invalid field selector: unescaped character in value: ${bad.charCodeAt(0)}`);
  if (pieces.some((piece) => piece.startsWith('\\') && !/^\\[,=\\]$/.test(piece)))
    throw new SyntaxError(`invalid field selector: invalid escape sequence in value: ${raw}`);
  return raw.replaceAll(/\\([,=\\])/g, '$1');
}

type FieldReader<T> = Readonly<Record<string, (object: T) => string>>;

const metadataFields: FieldReader<KubernetesObject> = {
  'metadata.name': ({ metadata }) => metadata.name ?? '',
  'metadata.namespace': ({ metadata }) => metadata.namespace ?? '',
};

interface SelectablePod extends PodObject {
  readonly spec?: PodObject['spec'] & {
    readonly restartPolicy?: string;
    readonly schedulerName?: string;
    readonly serviceAccountName?: string;
    readonly hostNetwork?: boolean;
  };
  readonly status?: PodObject['status'] & { readonly nominatedNodeName?: string };
}

interface SelectableNode extends NodeObject {
  readonly spec?: NodeObject['spec'] & { readonly unschedulable?: boolean };
}

const podFields: FieldReader<SelectablePod> = {
  ...metadataFields,
  'spec.nodeName': ({ spec }) => spec?.nodeName ?? '',
  'spec.host': ({ spec }) => spec?.nodeName ?? '',
  'spec.restartPolicy': ({ spec }) => spec?.restartPolicy ?? '',
  'spec.schedulerName': ({ spec }) => spec?.schedulerName ?? '',
  'spec.serviceAccountName': ({ spec }) => spec?.serviceAccountName ?? '',
  'spec.hostNetwork': ({ spec }) => String(spec?.hostNetwork ?? false),
  'status.phase': ({ status }) => status?.phase ?? '',
  'status.podIP': ({ status }) => status?.podIP ?? '',
  'status.podIPs': () => '',
  'status.nominatedNodeName': ({ status }) => status?.nominatedNodeName ?? '',
};

const serviceFields: FieldReader<ServiceObject> = {
  ...metadataFields,
  'spec.clusterIP': ({ spec }) => spec?.clusterIP ?? '',
  'spec.type': ({ spec }) => spec?.type ?? '',
};

const nodeFields: FieldReader<SelectableNode> = {
  'metadata.name': ({ metadata }) => metadata.name ?? '',
  'spec.unschedulable': ({ spec }) => String(spec?.unschedulable ?? false),
};

type FieldReaders = { readonly [R in Role]: FieldReader<RoleObjects[R]> };

const fieldReaders: FieldReaders = {
  node: nodeFields as FieldReader<NodeObject>,
  pod: podFields as FieldReader<PodObject>,
  service: serviceFields,
  endpoints: metadataFields,
  endpointslice: metadataFields,
  ingress: metadataFields,
};

/**
 * Whether an object of that role is selected.
 *
 * @throws {RangeError} for a field that the API server does not select by: its answer is an error for ever.
 */
export function compileFieldTerms<R extends Role>(
  role: R,
  terms: readonly FieldTerm[],
): (object: RoleObjects[R]) => boolean {
  const conditions = terms.map(({ field, isEqual, value }) => {
    const read = Object.hasOwn(fieldReaders[role], field) ? fieldReaders[role][field] : undefined;
    if (read === undefined) throw new RangeError(`field label not supported: ${field}`);
    return (object: RoleObjects[R]) => (read(object) === value) === isEqual;
  });
  return (object) => conditions.every((matches) => matches(object));
}
