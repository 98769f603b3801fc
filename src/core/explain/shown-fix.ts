import type { KubernetesObject } from '../../api/meta.ts';
import { applyJsonPatch } from '../../base/json-patch.ts';
import { writeDiff } from '../../base/unified-diff.ts';
import { patchObject, writeCommand } from './fix-patch.ts';
import { holdFix } from './fix-rules.ts';
import type { Fix } from './model.ts';
import { showObject } from './model.ts';
import { dumpShown } from './shown-object.ts';

/** An edit in all the forms that people can use. */
export interface ShownFix {
  /** "in ServiceMonitor shop/checkout set …", without the "or" of later ones. */
  readonly text: string;
  /** Why to look at it first; absent: a program may make it. */
  readonly held?: string;
  /** Of kubectl; absent for what people must do by other means. */
  readonly command?: string;
  /** Of the object's YAML; absent when the object is not known, or a Secret. */
  readonly diff?: string;
}

/** @param object as it is; undefined when it is not known. */
export function showFix(fix: Fix, object: KubernetesObject | undefined): ShownFix {
  const held = holdFix(fix);
  const text = fix.text.replace(/^or /, '');
  return { text, ...(held === undefined ? {} : { held }), ...showEdit(fix, object) };
}

/** Values of Secrets would stand in the tests of a patch: of those the text says what is to be done. */
function showEdit(fix: Fix, object: KubernetesObject | undefined): Pick<ShownFix, 'command' | 'diff'> {
  if (fix.object.kind === 'Secret' && fix.change !== 'create') return {};
  const isField = fix.change === 'set' || fix.change === 'remove';
  const patch = isField ? patchObject(object, fix) : [];
  const command = writeCommand(fix, patch);
  const diff =
    object === undefined || !isField
      ? undefined
      : writeDiff(
          showObject(fix.object),
          dumpShown(object),
          dumpShown(applyJsonPatch(object, patch) as KubernetesObject),
        );
  return { ...(command === undefined ? {} : { command }), ...(diff === undefined ? {} : { diff }) };
}
