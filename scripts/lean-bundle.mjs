// An esbuild plugin: of 14 MB of dependencies that are loaded as a whole, the bundle takes what is used.
//
// - The modules of @kubernetes/client-node do nothing when they are loaded, but its package.json does not say so: without
//   that word esbuild keeps all of its generated clients.
// - @dot-i/k8s-operator asks for that package as a whole, with require(). Its process life cycle alone is used
//   (docs/adr/0002-operator-base.md): the configuration and the client that its constructor makes are never asked for
//   anything, so that these here do.
// - @modelcontextprotocol/server brings a validator of JSON schemas (200 kB); it is handed ours (src/cli/mcp).
// - node-fetch brings a URL class for Node 6; its tables load a module of Node that is deprecated, which Node says on stderr.

const replacements = [
  {
    package: '@kubernetes/client-node',
    importer: /[\\/]@dot-i[\\/]k8s-operator[\\/]/,
    contents: 'export class KubeConfig { loadFromDefault() {} makeApiClient() {} }\nexport class CoreV1Api {}\n',
  },
  {
    package: '@modelcontextprotocol/server/_shims',
    importer: /[\\/]@modelcontextprotocol[\\/]server[\\/]/,
    contents: "export class DefaultJsonSchemaValidator {}\nexport { default as process } from 'node:process';\n",
  },
  {
    package: 'whatwg-url',
    importer: /[\\/]node-fetch[\\/]/,
    contents: 'export default { URL: globalThis.URL, URLSearchParams: globalThis.URLSearchParams };\n',
  },
];

const clientNode = '@kubernetes/client-node';
const insideClientNode = /[\\/]@kubernetes[\\/]client-node[\\/]/;
const asked = Symbol('asked');

export const leanBundle = {
  name: 'lean-bundle',
  setup(build) {
    build.onResolve(
      { filter: /^(?:whatwg-url|@kubernetes\/client-node|@modelcontextprotocol\/server\/_shims)$/ },
      ({ path, importer }) =>
        replacements.some((one) => one.package === path && one.importer.test(importer))
          ? { path, namespace: 'lean' }
          : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'lean' }, ({ path }) => ({
      contents: replacements.find((one) => one.package === path).contents,
    }));
    build.onResolve({ filter: /^\.{1,2}\/|^@kubernetes\/client-node$/ }, async (args) => {
      const { path, importer, kind, resolveDir, pluginData } = args;
      if (pluginData === asked || (path !== clientNode && !insideClientNode.test(importer))) return undefined;
      const resolved = await build.resolve(path, { importer, kind, resolveDir, pluginData: asked });
      return { ...resolved, sideEffects: false };
    });
  },
};
