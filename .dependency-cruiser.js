/**
 * Which layer may import which. Everything that is not in this list is forbidden, and a new folder under src/ has to be
 * entered here before it can import anything.
 */
export const arrows = {
  commands: ['cli', 'dashboard', 'loadtest', 'delivery', 'daemon', 'client', 'config'],
  cli: ['dashboard', 'delivery', 'daemon', 'client', 'config', 'domain'],
  dashboard: ['cli', 'client', 'config', 'domain'],
  loadtest: ['client', 'config', 'domain'],
  delivery: ['config', 'domain'],
  daemon: ['stores', 'config', 'domain'],
  services: ['http', 'stores', 'config', 'domain'],
  http: ['stores', 'config', 'domain'],
  stores: ['config', 'domain'],
  client: ['config', 'domain'],
  config: [],
  domain: [],
};

const testFile = '\\.test\\.tsx?$';

/** Packages by the layers that may use them; packages that are not named here are free. */
const owners = [
  {
    name: 'store-drivers',
    comment: 'SQL, Redis and AMQP live in src/stores; the daemon also starts and probes the servers.',
    packages: ['sequelize', 'mysql2', 'umzug', 'ioredis', 'amqplib'],
    layers: ['stores', 'daemon'],
    // A service passes a connection on; what is said over it, a store says.
    typesFor: ['services', 'http'],
  },
  {
    name: 'pm2',
    comment: 'Processes of this machine are the daemon’s alone.',
    packages: ['pm2'],
    layers: ['daemon'],
  },
  {
    name: 'web-server',
    comment: 'Only the services answer HTTP with Koa.',
    packages: ['koa', 'koa-.*', 'find-my-way', 'raw-body'],
    layers: ['http', 'services'],
  },
  {
    name: 'command-line',
    comment: 'Only the command line knows its framework and terminal.',
    packages: ['@oclif/.*', '@clack/prompts', 'listr2', 'cli-table3', 'ink', 'react'],
    layers: ['commands', 'cli', 'dashboard'],
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(arrows).map(([layer, targets]) => ({
      name: `${layer}-arrows`,
      comment: `src/${layer} may import only ${targets.map((target) => `src/${target}`).join(', ') || 'itself'}.`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: {
        path: '^(src|bin|scripts|test|bench|web)/',
        pathNot: `^src/(${[layer, ...targets].join('|')})/${layer === 'commands' ? '|^src/domain/' : ''}`,
      },
    })),
    {
      name: 'commands-domain-types',
      comment:
        'Commands name the shapes of answers (src/domain/wire.ts); rules are applied behind the client or in src/cli.',
      severity: 'error',
      from: { path: '^src/commands/', pathNot: testFile },
      to: { path: '^src/domain/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'known-layers',
      comment: 'A folder under src/ belongs to a layer of .dependency-cruiser.js.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${Object.keys(arrows).join('|')})/` },
      to: {},
    },
    {
      name: 'services-apart',
      comment: 'Services meet over HTTP and RabbitMQ alone. What two of them need belongs in src/http or src/stores.',
      severity: 'error',
      from: { path: '^src/services/([^/]+)/' },
      to: { path: '^src/services/', pathNot: '^src/services/$1/' },
    },
    {
      name: 'domain-pure',
      comment: 'The domain is rules without I/O: itself, node:crypto, and packages that only compute.',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: testFile },
      to: { pathNot: '^src/domain/|^(node:)?crypto$|/(lru-cache|zod|@marcbachmann/cel-js|fastest-levenshtein)/' },
    },
    {
      name: 'page-apart',
      comment: 'The pages share with the services the domain, which is pure, and the types of the client.',
      severity: 'error',
      from: { path: '^web/(src|staff)/' },
      to: { path: '^(src|bin|scripts|test|bench)/', pathNot: '^src/(domain|client)/' },
    },
    {
      name: 'page-client-types',
      comment:
        'The client is written for Node; the pages may only name its types. How a stream is read is the same everywhere.',
      severity: 'error',
      from: { path: '^web/(src|staff)/' },
      to: { path: '^src/client/', pathNot: '^src/client/readEvents\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'shop-apart',
      comment: 'The shop has no framework, and nothing of the staff: shoppers would have to load it.',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { path: '^web/staff/|/node_modules/@?preact/|^node_modules/@?preact/' },
    },
    ...owners.flatMap(({ name, comment, packages, layers, typesFor = [] }) => [
      {
        name,
        comment,
        severity: 'error',
        from: { path: '^src/', pathNot: `^src/(${[...layers, ...typesFor].join('|')})/|${testFile}` },
        to: {
          path: `/node_modules/(@types/)?(${packages.join('|')})/|^node_modules/(@types/)?(${packages.join('|')})/`,
        },
      },
      ...typesFor.map((layer) => ({
        name: `${name}-types-in-${layer}`,
        comment,
        severity: 'error',
        from: { path: `^src/${layer}/`, pathNot: testFile },
        to: { path: `^node_modules/(@types/)?(${packages.join('|')})/`, dependencyTypesNot: ['type-only'] },
      })),
    ]),
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'tests-on-top',
      comment: 'Nothing imports a test.',
      severity: 'error',
      from: {},
      to: { path: testFile },
    },
    {
      name: 'no-development-package',
      comment: 'What runs at an operator’s must be in "dependencies" of package.json.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: testFile },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '/dist/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
