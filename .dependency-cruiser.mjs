/**
 * Who may import whom (design, section 1). tests/unit/dependency-rules.test.ts proves that each rule bites.
 * Type imports count like any other: a type that crosses a border binds both sides to each other all the same.
 */

/** Electron itself, not the folder of the same name. */
const ELECTRON = ['(^|/)node_modules/electron/', '^electron$'];

/** Programs for vendors, to be read and copied; nothing imports them. */
const EXAMPLES = '^shared/[^/]+/examples/';

/** The libraries that compute and do nothing else. */
const PURE_LIBRARIES = ['(^|/)node_modules/(valibot|@noble/[a-z]+)/'];

/** @type {import('dependency-cruiser').DependencyType[]} */
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'shared-stands-alone',
      comment: 'shared runs anywhere: it imports nothing of the others.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(electron|renderer|build|tests)/' },
    },
    {
      name: 'shared-runs-anywhere',
      comment: 'shared has no Node.',
      severity: 'error',
      from: { path: '^shared/', pathNot: EXAMPLES },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'examples-stand-alone',
      comment: 'An example shows how a vendor does it without our code and without npm packages: Node alone.',
      severity: 'error',
      from: { path: EXAMPLES },
      to: { dependencyTypesNot: ['core'] },
    },
    {
      name: 'renderer-only-shared',
      comment: 'The renderer talks to nothing but the bridge; of the project it knows only shared.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron|build|tests)/' },
    },
    {
      name: 'renderer-no-node',
      comment: 'The renderer is sandboxed and has no Node.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-in-one-place',
      comment: 'Only main.ts, preload.ts and platform/ know Electron; the rest runs without it.',
      severity: 'error',
      from: {
        path: '^(electron|renderer|shared)/',
        pathNot: ['^electron/main\\.ts$', '^electron/preload\\.ts$', '^electron/platform/'],
      },
      to: { path: ELECTRON },
    },
    {
      name: 'e2e-searched-for-secrets',
      comment:
        'Who starts the application in an end-to-end test ends with the search for secrets (leak-check.ts).',
      severity: 'error',
      from: { path: '^tests/e2e/', pathNot: '^tests/e2e/app/bench\\.ts$' },
      to: {
        path: '^tests/(?:support/(?:electron-)?app|host/client)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'main-process-alone',
      comment: 'The main process knows neither the window, nor the tests, nor the build.',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(renderer|tests|build)/' },
    },
    {
      name: 'build-without-tests',
      comment: 'Scripts start the tests; they do not import them.',
      severity: 'error',
      from: { path: '^build/' },
      to: { path: '^tests/' },
    },
    {
      name: 'policy-no-node',
      comment: 'A policy decides from what it is given; it reaches for nothing.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/.*policy[^/]*\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'policy-pure-libraries',
      comment: 'A policy imports no library that reads, writes, listens or sends.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/.*policy[^/]*\\.tsx?$' },
      to: { dependencyTypes: NPM, pathNot: PURE_LIBRARIES },
    },
    {
      name: 'policy-no-io-behind',
      comment: 'Nor does anything that a policy imports.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/.*policy[^/]*\\.tsx?$' },
      to: {
        path: '^(node:)?(fs|net|tls|http|https|http2|dgram|dns|child_process|worker_threads|sqlite|os)(/promises)?$',
        reachable: true,
      },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'ships-with-the-application',
      comment:
        'What runs at the user is a dependency; development dependencies are not looked after like that.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: ELECTRON },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared|build|tests)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    extraExtensionsToScan: ['.css', '.html', '.json', '.svg'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
};
