import tseslint from 'typescript-eslint';

/** Limits of the house (CONTRIBUTING.md: files about 150 lines, functions about 25); these are the hard ends. */
const sizes = {
  'max-lines': ['error', 300],
  'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 12],
  'max-params': ['error', 3],
  'max-depth': ['error', 4],
};

/** Tables: data, of which a part says no less and reads no better. */
const tables = [
  'src/api/core/volume.ts',
  'src/operator/install/rules.ts',
  'src/sandbox/registry/built-in-resources.ts',
];

/** The same among tests: cases or values, one below the other. */
const testTables = [
  'test/e2e/support/odd-values.ts',
  'test/unit/api/written-yaml.ts',
  'test/unit/core/render/prometheus/config/discovery-cases.ts',
];

const forms = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name: one name a thing, the same everywhere.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals or a const object.' },
];

/** Texts for people are written once and never read back: what others need of them are operands beside them. */
const spoken = '(?:message|compared|summary|lastError)';
const cuts =
  '(?:match|matchAll|replace|replaceAll|split|includes|startsWith|endsWith|indexOf|lastIndexOf|search|slice|substring)';
const reading = 'Give the producer a typed field and read that: nobody takes a message apart.';
const unreadMessages = [
  `CallExpression[callee.property.name=/^${cuts}$/][callee.object.property.name=/^${spoken}$/]`,
  `CallExpression[callee.property.name=/^${cuts}$/][callee.object.name=/^${spoken}$/]`,
  `CallExpression[callee.property.name=/^(?:exec|test)$/] > MemberExpression.arguments[property.name=/^${spoken}$/]`,
  `CallExpression[callee.property.name=/^(?:exec|test)$/] > Identifier.arguments[name=/^${spoken}$/]`,
].map((selector) => ({ selector, message: reading }));

/** Where the text of a foreign program is all that it says, and where texts are made fit to be shown. */
const readers = [
  'src/base/hide-quoted.ts', // removes what may be secret, whoever wrote the message
  'src/controllers/workload/recreate.ts', // the API server has one reason for immutable fields and for wrong values
  'src/core/promql/syntax.ts', // lezer tells the place in its message alone
  'src/kubernetes/client/credential-source.ts', // what an exec plugin printed
  'src/kubernetes/client/errors.ts', // etcd's limits come as a plain 500
  'src/kubernetes/client/kube-config-file.ts', // client-node's messages; those that quote the file are not shown
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**', '.stoker/**', '**/*.mjs', '**/*.js'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizes,
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...forms],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-deprecated': 'off',
      // Libraries declare instances as interfaces (winston's transports): the rule takes those for impostors.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: readers,
    rules: { 'no-restricted-syntax': ['error', ...forms, ...unreadMessages] },
  },
  {
    files: tables,
    rules: { 'max-lines': ['error', 500] },
  },
  {
    // A request of HTTP has a method, a path, a body and headers.
    files: ['src/sandbox/**/*.ts', 'test/**/*.ts'],
    rules: { 'max-params': ['error', 4] },
  },
  {
    // Tests read as sentences: a describe block is one function.
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: testTables,
    rules: { 'max-lines': ['error', 550] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              name: ['it', 'test', 'describe', 'before', 'after', 'beforeEach', 'afterEach', 'suite'],
              package: 'node:test',
            },
          ],
        },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
