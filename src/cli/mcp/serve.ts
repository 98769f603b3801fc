import { version } from '../../operator/version.ts';
import { argumentValidator } from './argument-validator.ts';
import { callTool } from './call-tool.ts';
import type { Surroundings } from './call-tool.ts';
import type { ServedTool } from './sdk-server.ts';
import type { Tool } from './tool.ts';
import { tools } from './tools.ts';

/** Serves the tools on standard input and output until the client closes its end or the signal comes. */
export async function serveTools(surroundings: Surroundings): Promise<void> {
  const { startServer } = await import('./sdk-server.ts');
  const server = startServer({
    version,
    instructions: instruct(surroundings),
    validator: argumentValidator,
    tools: tools.map((tool) => serveTool(tool, surroundings)),
  });
  await inputEnded(surroundings.signal);
  await server.close();
}

const instruct = ({ ground }: Surroundings): string =>
  `Answers about Prometheus monitoring by the operator Stoker, from ${ground.description}. Nothing is ever changed, and what Secrets hold is never shown. Begin with "explain".`;

function serveTool(tool: Tool, surroundings: Surroundings): ServedTool {
  const { name, title, description, schema } = tool;
  return {
    ...{ name, title, description, schema },
    isOpenWorld: surroundings.ground.offline === undefined,
    async call(args, ofCall) {
      const signal = AbortSignal.any([surroundings.signal, ofCall]);
      const { isError, text, document } = await callTool(tool, args, { ...surroundings, signal });
      const content = [{ type: 'text' as const, text }];
      return document === undefined ? { isError, content } : { isError, content, structuredContent: document };
    },
  };
}

function inputEnded(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      resolve();
    };
    process.stdin.once('close', end).once('end', end);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
