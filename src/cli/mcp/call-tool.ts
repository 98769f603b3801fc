import { describeError } from '../../base/errors.ts';
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { SecretTexts } from '../../core/masking/secret-texts.ts';
import type { Io } from '../io.ts';
import { exitCodes } from '../io.ts';
import { mcpAnswerCharacters } from '../limits.ts';
import { boundDocument, boundText } from './bound-answer.ts';
import type { Ground } from './ground.ts';
import type { Tool } from './tool.ts';

/** Runs a command line of `stoker`; resolves with its exit code. */
export type RunCommand = (words: readonly string[], io: Io) => Promise<number>;

/** What a tool call needs besides its arguments. */
export interface Surroundings {
  readonly ground: Ground;
  readonly run: RunCommand;
  readonly env: Io['env'];
  /** Of the server; a call has its own beside it. */
  readonly signal: AbortSignal;
}

/** The answer of a tool: `document` is absent for an error, and where there is only text. */
export interface ToolAnswer {
  readonly isError: boolean;
  readonly text: string;
  readonly document?: JsonObject;
}

interface Printed {
  readonly document: object | undefined;
  readonly code: number;
  readonly stdout: string;
  readonly notes: readonly string[];
}

/** Answers with what the command prints, without secrets and within bounds; what it says on stderr are notes, or the error. */
export async function callTool(tool: Tool, args: object, surroundings: Surroundings): Promise<ToolAnswer> {
  const secrets = new SecretTexts();
  try {
    const printed = await runTool(tool, args, { ...surroundings, secrets });
    surroundings.ground.observe(secrets);
    return arrangeAnswer(tool, printed, secrets);
  } catch (error) {
    surroundings.ground.observe(secrets);
    return { isError: true, text: secrets.hide(describeError(error)) };
  }
}

async function runTool(
  tool: Tool,
  args: object,
  { ground, run, env, signal, secrets }: Surroundings & { readonly secrets: SecretTexts },
): Promise<Printed> {
  const { words, stdin } = tool.toCommand(args as never, ground);
  const out: string[] = [];
  const errors: string[] = [];
  let document: object | undefined;
  const io: Io = {
    stdout: (text) => void out.push(text),
    stderr: (text) => void errors.push(text),
    isTerminal: false,
    signal,
    env,
    answered: (make) => (document = make()),
    onRead: (object) => {
      secrets.observe(object);
    },
  };
  const read = stdin === 'ground' ? await ground.readManifests(io) : { text: stdin?.text ?? '', notes: [] };
  const code = await run(words, { ...io, stdin: () => read.text });
  const lines = errors.join('').split('\n');
  const said = lines.map((line) => line.replace(/^stoker: /, '')).filter((line) => line !== '');
  return { code, stdout: out.join(''), notes: [...read.notes, ...said], document };
}

function arrangeAnswer(tool: Tool, { code, stdout, notes, document }: Printed, secrets: SecretTexts): ToolAnswer {
  const bound = (text: string): string => boundText(secrets.hide(text), mcpAnswerCharacters, tool.narrower);
  if (document === undefined && code !== exitCodes.ok) return { isError: true, text: bound(notes.join('\n')) };
  const shown = document === undefined ? undefined : (tool.show?.(document) ?? { document, text: stdout });
  const text = [shown?.text ?? stdout, ...notes.map((note) => `Note: ${note}\n`)].join('');
  const data = shown && (hideIn(JSON.parse(JSON.stringify(shown.document)), secrets) as JsonObject);
  if (data === undefined) return { isError: false, text: bound(text) };
  const noted = notes.length === 0 ? data : { ...data, notes: notes.map((note) => secrets.hide(note)) };
  return { isError: false, text: bound(text), document: boundDocument(noted, mcpAnswerCharacters, tool.narrower) };
}

function hideIn(value: unknown, secrets: SecretTexts): unknown {
  if (typeof value === 'string') return secrets.hide(value);
  if (Array.isArray(value)) return value.map((item: unknown) => hideIn(item, secrets));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [secrets.hide(key), hideIn(inner, secrets)]));
}
