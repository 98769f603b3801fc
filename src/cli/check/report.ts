import type { KubernetesObject } from '../../api/meta.ts';
import { keyOf } from '../../api/meta.ts';
import type { Finding } from '../../core/check/finding.ts';
import type { Code } from '../../core/reasons/entry.ts';
import { codeOf } from '../../core/reasons/lookup.ts';
import type { LocatedManifest, LocatedManifests } from './read.ts';

/** A finding with all that a tool needs to show it. */
export interface PlacedFinding extends Pick<Finding, 'severity' | 'reason' | 'path' | 'message'> {
  /** Of the reason. */
  readonly code: Code;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export interface Report {
  readonly errors: number;
  readonly warnings: number;
  /** Files with manifests. */
  readonly files: number;
  readonly filesWithFindings: number;
  readonly objects: number;
  /** By file and place. */
  readonly findings: readonly PlacedFinding[];
}

/** Puts findings, one list for each manifest, into the order in which they stand in the files. */
export function makeReport({ manifests, files }: LocatedManifests, findings: readonly (readonly Finding[])[]): Report {
  const order = new Map([...new Set(manifests.map(({ file }) => file))].map((file, at) => [file, at]));
  const placed = manifests.flatMap((manifest, at) => (findings[at] ?? []).map((finding) => place(manifest, finding)));
  const rank = ({ file }: PlacedFinding): number => order.get(file) ?? 0;
  placed.sort((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
  const count = (severity: Finding['severity']): number => placed.filter((one) => one.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    files,
    filesWithFindings: new Set(placed.map(({ file }) => file)).size,
    objects: manifests.length,
    findings: placed,
  };
}

function place({ object, file, locate }: LocatedManifest, finding: Finding): PlacedFinding {
  const { severity, reason, path, message, part } = finding;
  const { apiVersion = '', kind = '' } = object;
  const { namespace, name } = nameParts(object);
  const code = codeOf(reason);
  return { file, ...locate(path, part), severity, apiVersion, kind, namespace, name, reason, code, path, message };
}

/** Metadata as far as it is there: it may be what is wrong. */
function nameParts(object: KubernetesObject): { namespace: string; name: string } {
  const { metadata } = object as { metadata?: Readonly<Record<string, unknown>> | null };
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { namespace: text(metadata?.namespace), name: text(metadata?.name) || text(metadata?.generateName) };
}

/** One line: `k8s/cart.yaml:14:9: ServiceMonitor shop/cart: spec.endpoints[0].port: message [STK5005]`. */
function renderLine(finding: PlacedFinding): string {
  const { file, line, column, kind, path, message, severity, namespace, name, code } = finding;
  const key = keyOf({ metadata: { namespace, name: name || '(no name)' } });
  const subject = [`${kind} ${key}`, ...(path === '' ? [] : [path])].join(': ');
  return `${file}:${line}:${column}: ${subject}: ${severity === 'warning' ? 'Warning: ' : ''}${message} [${code}]\n`;
}

export function renderText(report: Report): string {
  return `${report.findings.map(renderLine).join('')}${summarise(report)}\n`;
}

function summarise({ errors, warnings, files, filesWithFindings, objects }: Report): string {
  const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  if (errors + warnings === 0) return `No errors in ${counted(objects, 'object')} of ${counted(files, 'file')}`;
  const what = [errors > 0 ? counted(errors, 'error') : '', warnings > 0 ? counted(warnings, 'warning') : ''];
  return `${what.filter((one) => one !== '').join(' and ')} in ${filesWithFindings} of ${counted(files, 'file')}`;
}
