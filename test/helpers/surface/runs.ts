/**
 * How every command is run against a real system, in this order: `test/e2e/commandSurface.test.ts` notes the form of what each
 * prints under `--json`, and `test/e2e/everywhere.test.ts` takes from here what a command needs to be called at all.
 *
 * A new command is one line here. `{name}` in its arguments is replaced by what an earlier line kept under that name.
 */
export interface Run {
  /** As it is typed: `event show`. */
  command: string;
  args: readonly string[];
  /** Keeps the field `id` (or the named one) of what it prints, for the lines below. */
  keep?: { as: string; field?: string };
  input?: string;
  /** Works without being logged in. */
  isLocal?: true;
  /** Other exit codes than 0 under which the document is printed. */
  codes?: readonly number[];
  /** Done by hand before it: see `prepare` in commandSurface.test.ts. */
  after?: 'purchases' | 'deadLetter' | 'mended';
}

const local = (command: string, args = '', more: Partial<Run> = {}): Run => ({
  ...staff(command, args, more),
  isLocal: true,
});

function staff(command: string, args = '', more: Partial<Run> = {}): Run {
  return { command, args: args.split(' ').filter(Boolean), ...more };
}

export const runs: readonly Run[] = [
  local('doctor', ''),
  local('status', ''),
  local('up', '--demo --yes'),
  local('status', ''),
  local('doctor', '', { codes: [0, 3] }),
  local('help', 'event create'),
  local('completion', 'bash'),
  local('config show', ''),
  local('render docker', '--out rendered/docker'),
  local('render compose', '--out rendered/compose --registry registry.example/shop --set logLevel=warn'),
  local('render helm', '--out rendered/helm'),
  local('render prometheus', '--out rendered/prometheus'),
  local('render grafana', '--out rendered/grafana'),
  local('build', 'all --builder docker --dry-run'),
  local('build', 'chart'),
  local('deploy', '--namespace shop --create-namespace --skip-image-check --yes --chart {chart}'),
  local('deploy', '--namespace shop --skip-image-check --yes --chart {chart} --set greeting=two'),
  local('deploy status', '--namespace shop'),
  local('deploy rollback', '--namespace shop --yes'),
  local('login', '--url {ingressUrl} --username admin --password-stdin', { input: '{adminPassword}\n' }),
  local('context list', ''),
  local('context use', 'local'),
  local('context show', ''),
  local('daemon', ''),
  local('daemon status', ''),
  local('daemon logs', 'order --lines 2'),
  local('daemon scale', 'spike 2'),
  local('daemon restart', 'access'),
  local('daemon reload', 'access'),
  local('middleware up', ''),
  local('middleware status', ''),
  local('middleware logs', 'redis --lines 2'),
  local('db migrate', ''),
  local('db status', ''),
  local('db seed', ''),

  staff('commodity create', 'Spare --description Unused', { keep: { as: 'spareCommodity' } }),
  staff('commodity delete', '{spareCommodity} --yes'),
  staff('commodity create', 'Lamp', { keep: { as: 'commodity' } }),
  staff('commodity update', '{commodity} --description Red'),
  staff('commodity list', ''),
  staff('user create', '--phone +12025550198 --name Ann --birth-date 1990-01-01', { keep: { as: 'user' } }),
  staff('user block', '{user} --reason bot --yes'),
  staff('user show', '{user}'),
  staff('user unblock', '{user} --yes'),
  staff('user list', ''),
  staff('admin create', 'vera --role viewer'),
  staff('admin update', 'vera --role operator --yes'),
  staff('admin passwd', 'vera --yes'),
  staff('admin list', ''),

  staff('event create', '--title Sale --commodity {commodity} --price 9.99 --stock 20 --limit 5', {
    keep: { as: 'event' },
  }),
  staff('event pause', '{event} --yes'),
  staff('event resume', '{event} --yes'),
  staff('event update', '{event} --title Lamps'),
  staff('event restock', '{event} --by 5'),
  staff('event warm', '{event}'),
  staff('event allow', '{event} --user {user}'),
  staff('rule list', ''),
  staff('rule check', '{event} --user {user}'),
  staff(
    'event create',
    '--title Wine --commodity {commodity} --price 9 --stock 5 --rule [{"name":"base","rule":{"age":{"min":18}}}]',
    { keep: { as: 'ruledEvent' } },
  ),
  staff('rule check', '{ruledEvent} --user {user}'),
  staff('rule check', '--user {user} --rule [] --price 9.99'),
  staff('limit set', '--queue-factor 6 --yes'),
  staff('limit set', '{event} --user-rate 20'),
  staff('limit get', '{event}'),
  staff('limit reset', '{event} --yes'),
  staff('limit get', ''),

  staff('order list', '--event {event}', { after: 'purchases' }),
  staff('order show', '{paidOrder}'),
  staff('order refund', '{paidOrder} --reason broken --yes'),
  staff('order cancel', '{order} --reason mistake --yes'),
  staff('order show', '{order}'),
  staff('order list', '--all'),
  staff('event show', '{event}'),
  staff('event list', ''),
  staff('event watch', '{event} --until drained --timeout 30s'),
  staff('dashboard', '{event} --once'),
  staff('fire', '{event} --users 3 --requests 1 --yes'),
  staff('audit', ''),
  staff('audit-log', '--limit 10'),
  staff('reconcile', '--dry-run'),
  staff('queue list', ''),
  staff('event create', '--title Dead --commodity {commodity} --price 1 --stock 5', { keep: { as: 'deadEvent' } }),
  staff('queue peek', '', { after: 'deadLetter' }),
  staff('audit', '', { codes: [3] }),
  staff('queue replay', '--yes', { after: 'mended' }),
  staff('queue purge', '--yes'),
  staff('event close', '{event} --yes'),
  staff('event create', '--title Spare --commodity {commodity} --price 1 --stock 1', { keep: { as: 'spareEvent' } }),
  staff('event delete', '{spareEvent} --yes'),

  local('db reset', '--yes'),
  local('logout', ''),
  local('context delete', 'local --yes'),
  local('daemon stop', ''),
  local('doctor', '--fix'),
  local('middleware down', ''),
  local('down', '--purge --yes'),
];

/** The arguments with what was kept, or `missing` for what was not. */
export function fillIn(words: readonly string[], kept: Readonly<Record<string, string>>, missing?: string): string[] {
  return words.map((word) =>
    word.replace(/\{(\w+)\}/g, (_all, name: string) => {
      const value = kept[name] ?? missing;
      if (value === undefined) throw new Error(`Nothing was kept as {${name}}.`);
      return value;
    }),
  );
}
