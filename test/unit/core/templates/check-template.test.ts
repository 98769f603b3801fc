import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deepestTemplate } from '../../../../src/core/limits.ts';
import { checkAlertTemplate } from '../../../../src/core/templates/prometheus-template.ts';

function problemOf(text: string): string {
  try {
    checkAlertTemplate(text);
    return '';
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return error.message.replace('Cannot parse template: ', '');
  }
}

describe('checkAlertTemplate', () => {
  it('accepts what Go parses', () => {
    const valid = [
      'no action }} at all',
      '{{ $labels.instance }} is at {{$value | humanizePercentage}}',
      '{{- /* a comment */ -}} x',
      '{{ if gt $value 1.0 }}a{{ else if eq .Value 2 }}b{{ else }}c{{ end }}',
      '{{ with query "up" | first }}{{ . | value | printf "%.2f" }}{{ else with 5 }}x{{ end }}',
      '{{ range $i, $e := query "up" }}{{ if $i }}{{ break }}{{ end }}{{ $e.Labels.job }}{{ continue }}{{ end }}',
      '{{ define "a" }}{{ . }}{{ end }}{{ template "a" . }}{{ block "b" $ }}x{{ end }}',
      "{{ $x := 'a' }}{{ $x = 0x1F }}{{ nil | print }}{{ (index .Labels `a`).B.C }}{{ 1e5 }}{{ -3 }}{{ 1+2i }}{{ 017 }}",
      '{{ reReplaceAll "(.*):\\\\d+" "$1" $labels.instance }}',
      '{{ and\n  true\n  .Labels.é\n}}',
    ];
    for (const text of valid) assert.equal(problemOf(text), '', text);
  });

  it('names unknown functions and variables', () => {
    assert.equal(problemOf('{{ humanise $value }}'), 'line 1: function "humanise" is unknown');
    assert.equal(problemOf('a\n{{ $label.job }}'), 'line 2: variable "$label" is unknown');
    assert.equal(problemOf('{{ if $x := 1 }}{{ $x }}{{ end }}{{ $x }}'), 'line 1: variable "$x" is unknown');
    assert.equal(problemOf('{{ define "a" }}{{ $labels.job }}{{ end }}'), 'line 1: variable "$labels" is unknown');
  });

  it('finds templates that are defined twice; what is blank does not count', () => {
    const define = (name: string, body: string): string => `{{ define ${name} }}${body}{{ end }}`;
    const twice = 'line 1: template "a" is defined twice';
    assert.equal(problemOf(define('"a"', 'x') + define('`a`', 'y')), twice);
    assert.equal(problemOf(define('"a"', '{{ block "a" . }}x{{ end }}')), twice);
    assert.equal(problemOf(define('"a"', 'x') + define('"a"', ' {{/* nothing */}}\n') + define('"b"', 'x')), '');
  });

  it('finds actions and blocks that are not closed', () => {
    assert.equal(problemOf('{{ $value }'), 'line 1: an action is not closed with "}}"');
    assert.equal(problemOf('{{ $value '), 'line 1: an action is not closed with "}}"');
    assert.equal(problemOf('{{ if true }}a'), 'line 1: found its end, want {{end}}');
    assert.equal(problemOf('a{{ end }}'), 'line 1: found "}}", without "if", "range" or "with" before it');
    assert.equal(problemOf('{{ (len "a" }}'), 'line 1: a "(" is not closed');
    assert.equal(problemOf('{{ len "a") }}'), 'line 1: found ")" without "("');
    assert.equal(problemOf('{{/* a }}'), 'line 1: a comment is not closed with "*/}}"');
    assert.equal(problemOf('{{/* a */ b }}'), 'line 1: a comment does not end right before "}}"');
    assert.equal(problemOf('{{ if 1 }}{{ else }}{{ else }}{{ end }}'), 'line 1: found a second {{else}}, want {{end}}');
    assert.equal(problemOf('{{ if 1 }}{{ else with }}{{ end }}'), 'line 1: found "with", want "}}" behind {{else}}');
  });

  it('finds what is no value', () => {
    const invalid = {
      '{{ }}': 'found no value in an action',
      '{{ 08 }}': 'cannot read number "08"',
      '{{ 5x }}': 'cannot read number "5x"',
      '{{ "\\d" }}': 'Cannot read string: unknown escape sequence "\\d"',
      "{{ 'ab' }}": "found 'ab': want one character, or double quotes",
      '{{ $value | 5 }}': 'found a value behind "|", want a function',
      '{{ | $value }}': 'found "|", want a value in an action',
      '{{ 5 .x }}': '',
      '{{ "a".x }}': 'found ".x", after ""a"", which has no fields',
      '{{ $value"a" }}': 'found """ right after "$value", want a blank',
      '{{ break }}': 'found {{break}} outside of {{range}}',
      '{{ range $a, $b, $c := . }}{{ end }}': 'found too many declarations in {{range}}',
      '{{ range $a, 5 }}{{ end }}': 'want a second variable in {{range}}',
      '{{ template x }}': 'found "x", want the name of a {{template}} in quotes',
      '{{ if 1 }}{{ define "x" }}{{ end }}{{ end }}': 'found {{define}} inside of another action',
      '{{ \u00a7 }}': 'found character "\u00a7"',
      '{{ define "x" }}{{ else }}': 'found {{else}} in {{define}}',
    };
    for (const [text, problem] of Object.entries(invalid)) {
      assert.equal(problemOf(text), problem === '' ? '' : `line 1: ${problem}`, text);
    }
  });

  it('reads numbers of any length in one pass', () => {
    for (const count of [29, 42, 1000, 100_000]) {
      const ones = '1'.repeat(count);
      assert.equal(problemOf(`{{ 0${ones}8 }}`), `line 1: cannot read number "0${ones}8"`);
      assert.equal(problemOf(`{{ 0x${ones}g }}`), `line 1: cannot read number "0x${ones}g"`);
      assert.equal(problemOf(`{{ ${ones}_ }}`), `line 1: cannot read number "${ones}_"`);
      assert.equal(problemOf(`{{ 0${'_1'.repeat(count)} }}`), '');
      assert.equal(problemOf(`{{ 0x${ones}.${ones}p1 }}`), '');
    }
  });

  it('stops at the first string that is not closed', () => {
    assert.equal(problemOf(`{{ "${'\\"'.repeat(100_000)} }}`), 'line 1: a string is not closed with "');
    assert.equal(problemOf('{{ "a\nb" }}'), 'line 1: a string is not closed with "');
    assert.equal(problemOf('{{ `a }}'), 'line 1: a string is not closed with `');
    assert.equal(problemOf("{{ 'a }}"), "line 1: a string is not closed with '");
  });

  it('finds a variable among many', () => {
    const declared = '{{ $a := 1 }}'.repeat(50_000);
    assert.equal(problemOf(`${declared}{{ $b := 1 }}${'{{ $b }}'.repeat(50_000)}`), '');
    assert.equal(problemOf('{{ if 1 }}{{ $a := 1 }}{{ end }}{{ $a }}'), 'line 1: variable "$a" is unknown');
    assert.equal(problemOf('{{ $a := 1 }}{{ if 1 }}{{ $a := 2 }}{{ end }}{{ $a }}'), '');
  });

  it('bounds how deep a template nests', () => {
    const parentheses = (depth: number): string => `{{ ${'('.repeat(depth)}1${')'.repeat(depth)} }}`;
    const blocks = (depth: number): string => `${'{{ if 1 }}'.repeat(depth)}x${'{{ end }}'.repeat(depth)}`;
    const chain = (length: number): string => `{{ if 1 }}${'{{ else if 1 }}'.repeat(length - 1)}{{ end }}`;
    for (const nest of [parentheses, blocks, chain]) {
      assert.equal(problemOf(nest(deepestTemplate)), '');
      for (const depth of [deepestTemplate + 1, 100_000]) {
        assert.equal(
          problemOf(nest(depth)),
          `line 1: it is nested too deeply, at most ${deepestTemplate} are possible`,
        );
      }
    }
  });
});
