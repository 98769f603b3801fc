import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkTemplateFile } from '../../src/core/templates/notification.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { askAmtool, readAmtoolVersion } from './support/amtool.ts';
import { createRandom } from './support/odd-configs.ts';
import { Draw } from './support/random.ts';

const seed = Number(process.env['STOKER_ALERTMANAGER_SEED'] ?? 20_260);
const count = Number(process.env['STOKER_ALERTMANAGER_CONFIGS'] ?? 3000);
const version = readAmtoolVersion();

const operands = `
  .Status ¦ .CommonLabels.SortedPairs ¦ $ ¦ $x ¦ . ¦ "text" ¦ 5 ¦ -1.5e3 ¦ 0x1f ¦ 'c' ¦ 'cc' ¦ true ¦ nil ¦ (len .) ¦ (.A).B ¦ 08 ¦ 1_000 ¦ "\\q"
  toUpper .A ¦ join "," . ¦ list 1 2 ¦ dict "a" 1 ¦ now ¦ humanize 1 ¦ query "up" ¦ .A | toJson ¦ . | "x" ¦ len ¦ $x := 1 ¦ $x = 2 ¦ .A.B | title | len
  base64encode "a" ¦ addDuration 1 ¦ routeLabels ¦ safeUrl "a" ¦ tz "UTC" now ¦ reReplaceAll "a" "b" .C ¦ index . 0 ¦ and .A .B ¦ unknown 1`
  .trim()
  .split(/\s*[¦\n]\s*/);

/** Some text of a template, right more often than not. */
function makeTemplate(draw: Draw, depth: number): string {
  const inside = (): string => (depth > 0 ? makeTemplate(draw, depth - 1) : 'x');
  const operand = draw.pick(operands);
  const pieces = [
    () => 'some text ',
    () => `{{ ${operand} }}`,
    () => `{{- ${operand} -}}`,
    () => `{{ if ${operand} }}${inside()}{{ else }}${inside()}{{ end }}`,
    () => `{{ with $x := ${operand} }}${inside()}{{ end }}`,
    () => `{{ range $i, $x := ${operand} }}${inside()}{{ break }}{{ end }}`,
    () => `{{ template "a" ${operand} }}`,
    () => `{{ block "${draw.pick(['a', 'b', 'c', 'd'])}" . }}${draw.pick(['', ' ', inside()])}{{ end }}`,
    () => '{{/* a comment */}}',
    () =>
      draw.pick(['{{ end }}', '{{', '{{ if }}', '{{ else }}', '}}', '{{ define "x" }}', '{{ continue }}', '{{ } }}']),
  ];
  const picked = Array.from({ length: 1 + draw.below(3) }, () =>
    draw.pick(draw.chance(0.04) ? pieces : pieces.slice(0, 9))(),
  );
  return picked.join('');
}

function makeFile(draw: Draw): string {
  const define = (): string =>
    `{{ define "${draw.pick(['a', 'b', 'c', 'd', 'e'])}" }}${draw.pick(['', makeTemplate(draw, 1)])}{{ end }}\n`;
  return Array.from({ length: 1 + draw.below(3) }, () => (draw.chance(0.7) ? define() : makeTemplate(draw, 2))).join(
    '',
  );
}

function findFault(text: string): string | undefined {
  try {
    checkTemplateFile(text, version);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return error.message;
  }
}

describe('files with templates of notifications', { skip: skipWithout('amtool') }, () => {
  it('are taken and refused as amtool takes and refuses them', { timeout: 1_200_000 }, (test) => {
    const draw = new Draw(createRandom(seed));
    const folder = mkdtempSync(join(tmpdir(), 'stoker-templates-'));
    try {
      const files = Array.from({ length: count }, () => makeFile(draw));
      const configs = files.map((text, index) => {
        const file = join(folder, `${index}.tmpl`);
        writeFileSync(file, text);
        return `{ route: { receiver: a }, receivers: [{ name: a }], templates: ["${file}"] }`;
      });
      const theirs = askAmtool(configs);
      const differing = files.flatMap((text, index) => {
        const [ours, they] = [findFault(text), theirs[index]];
        const same = (ours === undefined) === (they === undefined);
        return same ? [] : [`${text}\n    ours: ${ours ?? 'takes it'}\n    amtool: ${they ?? 'takes it'}`];
      });
      const refused = theirs.filter((one) => one !== undefined).length;
      test.diagnostic(
        `seed ${seed}: ${count} files, ${count - refused} accepted, ${refused} refused; ${differing.length} differ`,
      );
      assert.ok(refused > count / 10 && refused < count * 0.9, `${refused} of ${count} are refused`);
      assert.deepEqual(differing, []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
