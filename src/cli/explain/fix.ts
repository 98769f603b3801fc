import { writeFileSync } from 'node:fs';
import type { KubernetesObject } from '../../api/meta.ts';
import { dumpYaml } from '../../base/yaml.ts';
import type { JsonPatchOperation } from '../../base/json-patch.ts';
import { arrangeFix } from '../../core/explain/explanation-document.ts';
import { patchObject, writeCommand } from '../../core/explain/fix-patch.ts';
import { holdFix } from '../../core/explain/fix-rules.ts';
import type { Explanation, Fix, ObjectName } from '../../core/explain/model.ts';
import { codeOf } from '../../core/reasons/lookup.ts';
import { ExitError, exitCodes } from '../io.ts';
import type { Io } from '../io.ts';
import { editFile } from './edit-file.ts';
import type { FileEdit } from './edit-file.ts';
import type { FixRequest } from './fix-request.ts';
import type { LocatedManifest } from '../check/read.ts';

/** What an answer was made from, as far as edits need it. */
export interface Ground {
  /** Files that were read in the place of a cluster. */
  readonly manifests: readonly LocatedManifest[] | undefined;
  /** An object as it is; undefined when it was not read. */
  readonly find: (name: ObjectName) => KubernetesObject | undefined;
}

export interface FixCall {
  readonly request: FixRequest;
  readonly ground: Ground;
  readonly output: string;
  readonly io: Io;
  /** The question once more, when files have changed. */
  readonly askAgain: () => Promise<Explanation>;
}

/** An edit in all the forms that it can be made in. */
interface Plan {
  readonly fix: Fix;
  readonly patch: readonly JsonPatchOperation[] | undefined;
  readonly command: string | undefined;
  readonly edit: FileEdit | undefined;
}

/**
 * Prints one of the proposed edits: as a diff of the file, or as a command of kubectl; and writes it into the file, when that is
 * wanted. @returns the answer to go on with: the new one after an edit was written.
 * @throws {ExitError} when there is no such edit, or it cannot be made.
 */
export async function runFix(explanation: Explanation, call: FixCall): Promise<Explanation | undefined> {
  const { request, ground, output, io } = call;
  const plan = makePlan(chooseFix(explanation, request), explanation, ground);
  const held = holdFix(plan.fix);
  if (request.isWritten && held !== undefined && !request.isForced) {
    io.stdout(showPlan(plan));
    throw new ExitError(exitCodes.failed, `Cannot write this edit unasked, because ${held}: add --yes`);
  }
  const { edit } = plan;
  if (!request.isWritten || edit === undefined) {
    io.stdout(output === 'text' ? showPlan(plan) : print(output, arrangePlan(plan)));
    return undefined;
  }
  writeFileSync(edit.file, edit.after);
  const again = await call.askAgain();
  if (output === 'text') io.stdout(`${showPlan(plan)}\n${again.summary}\n`);
  else io.stdout(print(output, { ...arrangePlan(plan), written: true, answer: arrangeAnswer(again) }));
  return again;
}

const print = (output: string, document: object): string =>
  output === 'yaml' ? dumpYaml(JSON.parse(JSON.stringify(document))) : `${JSON.stringify(document, null, 2)}\n`;

const arrangeAnswer = ({ verdict, reason, summary }: Explanation): object => ({
  verdict,
  reason,
  code: codeOf(reason),
  summary,
});

function chooseFix({ fixes, verdict }: Explanation, { number }: FixRequest): Fix {
  const fix = fixes[number - 1];
  const count = fixes.length;
  if (count === 0) throw new ExitError(exitCodes.failed, `Cannot make an edit: none is proposed (${verdict})`);
  if (fix === undefined)
    throw new ExitError(
      exitCodes.usage,
      `Cannot make edit ${number}: ${count === 1 ? 'there is 1' : `there are ${count}`}`,
    );
  if (fix.change !== 'manual') return fix;
  const other = fixes.findIndex(({ change }) => change !== 'manual') + 1;
  const hint = other === 0 ? '' : `; --fix ${other} can be made`;
  throw new ExitError(
    exitCodes.failed,
    `Cannot make this edit, people alone can: ${fix.text.replace(/^or /, '')}${hint}`,
  );
}

function makePlan(fix: Fix, { subject }: Explanation, { manifests, find }: Ground): Plan {
  const isField = fix.change === 'set' || fix.change === 'remove';
  const patch = isField ? patchObject(find(fix.object), fix) : undefined;
  const command = manifests === undefined ? writeCommand(fix, patch ?? []) : undefined;
  return { fix, patch, command, edit: manifests && editFile(manifests, fix, subject) };
}

/** `patch` and `git apply` skip the lines above a diff, a shell those that begin with "#". */
function showPlan({ fix, command, edit }: Plan): string {
  const held = holdFix(fix);
  const head = [`# ${fix.text.replace(/^or /, '')}`, ...(held === undefined ? [] : [`# Look at it first: ${held}`])];
  return `${head.join('\n')}\n${edit === undefined ? `${command ?? ''}\n` : edit.diff}`;
}

function arrangePlan({ fix, patch, command, edit }: Plan): object {
  return {
    ...arrangeFix(fix),
    ...(patch === undefined ? {} : { patch }),
    ...(command === undefined ? {} : { command }),
    ...(edit === undefined ? {} : { file: edit.file, diff: edit.diff }),
  };
}
