/** What names, labels and annotations may look like (apimachinery, pkg/util/validation). Functions answer with details of errors. */
import type { NameFormat } from './strategy.ts';

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

const tooLong = (limit: number): string => `must be no more than ${limit} bytes`;
const wrongLabel =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const wrongService =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const wrongSubdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const wrongQualified =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const wrongValue =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

export function checkLabelName(name: string): string[] {
  return [...(name.length > 63 ? [tooLong(63)] : []), ...(label.test(name) ? [] : [wrongLabel])];
}

export function checkSubdomain(name: string): string[] {
  return [...(name.length > 253 ? [tooLong(253)] : []), ...(subdomain.test(name) ? [] : [wrongSubdomain])];
}

/** A key of labels and annotations: [prefix/]name. */
export function checkQualifiedName(key: string): string[] {
  const parts = key.split('/');
  const name = parts[parts.length - 1] ?? '';
  if (parts.length > 2) return [wrongQualified.replace('name part', 'a qualified name').replace(/\.$/, '')];
  const prefix = parts.length === 2 ? checkSubdomain(parts[0] ?? '').map((text) => `prefix part ${text}`) : [];
  const long = name.length > 63 ? [`name part ${tooLong(63)}`] : [];
  const empty = name === '' ? ['name part must be non-empty'] : [];
  return [...prefix, ...empty, ...long, ...(qualifiedName.test(name) ? [] : [wrongQualified])];
}

export function checkLabelValue(value: string): string[] {
  return [...(value.length > 63 ? [tooLong(63)] : []), ...(labelValue.test(value) ? [] : [wrongValue])];
}

const formats: Readonly<Record<NameFormat, (name: string) => string[]>> = {
  subdomain: checkSubdomain,
  label: checkLabelName,
  service: (name) => [...(name.length > 63 ? [tooLong(63)] : []), ...(isServiceName(name) ? [] : [wrongService])],
  path: (name) => {
    if (name === '.' || name === '..') return [`may not be '${name}'`];
    return ['/', '%'].filter((sign) => name.includes(sign)).map((sign) => `may not contain '${sign}'`);
  },
  any: () => [],
};

const isServiceName = (name: string): boolean => /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name);

export function checkName(name: string, format: NameFormat): string[] {
  return formats[format](name);
}
