// The only file that loads the SDK, and itself loaded by `stoker mcp` alone: it imports nothing else, so that the bundle
// holds it apart.
import { McpServer, fromJsonSchema } from '@modelcontextprotocol/server';
import type { CallToolResult, jsonSchemaValidator } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

export interface ServedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** JSON schema of the arguments. */
  readonly schema: object;
  /** Whether its answers depend on more than files. */
  readonly isOpenWorld: boolean;
  readonly call: (args: object, signal: AbortSignal) => Promise<CallToolResult>;
}

export interface ServerParts {
  readonly version: string;
  readonly instructions: string;
  readonly validator: jsonSchemaValidator;
  readonly tools: readonly ServedTool[];
}

/** Serves tools that only read, on the standard input and output of the process. */
export function startServer(parts: ServerParts): { close(): Promise<void> } {
  const { version, instructions, validator, tools } = parts;
  return serveStdio(() => {
    const server = new McpServer({ name: 'stoker', version }, { instructions, jsonSchemaValidator: validator });
    for (const tool of tools) registerTool(server, tool, validator);
    return server;
  });
}

function registerTool(server: McpServer, tool: ServedTool, validator: jsonSchemaValidator): void {
  const { name, title, description, schema, isOpenWorld, call } = tool;
  const inputSchema = fromJsonSchema<object>(schema, validator);
  const annotations = { title, readOnlyHint: true, openWorldHint: isOpenWorld };
  server.registerTool(name, { title, description, inputSchema, annotations }, (args, { mcpReq }) =>
    call(args, mcpReq.signal),
  );
}
