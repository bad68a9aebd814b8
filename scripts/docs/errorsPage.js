import { code, generatedNote, table } from './markdown.js';

const exitMeanings = {
  done: 'done',
  failed: 'failed',
  usage: 'usage or configuration: correct what was typed or set; nothing was changed',
  found: 'a check ran to its end and found something (`audit`, `doctor`, `reconcile --dry-run`)',
  notAllowed: 'not logged in, or not allowed',
  unreachable: 'a dependency is unreachable: a service, a store, the network',
  timedOut: 'timed out waiting',
  threshold: 'a threshold of `fire` is not met',
  interrupted: 'interrupted, or answered with no',
};

/** Every refusal of the services, and every exit code of the commands. */
export function errorsPage(errorCatalogue, exitCodes) {
  const unexplained = Object.keys(exitCodes).filter((name) => !Object.hasOwn(exitMeanings, name));
  if (unexplained.length > 0) throw new Error(`No meaning is given for the exit codes ${unexplained.join(', ')}.`);
  return [
    generatedNote,
    '# Errors',
    '## Refusals of the services',
    'A refusal is JSON: `{"status":"fail","code","msg","next","requestId"}` and what the code adds, with the HTTP status that says it. `next` is what to do now. Where a wait helps, the header `Retry-After` says how many seconds. A store that is down is never reported as sold out.',
    table(
      ['code', 'status', 'what it says', 'what to do'],
      Object.entries(errorCatalogue)
        .sort(([, a], [, b]) => a.status - b.status)
        .map(([name, { status, msg, next }]) => [code(name), status, msg, next]),
    ),
    '## Exit codes of the commands',
    table(
      ['exit code', 'meaning'],
      Object.entries(exitCodes).map(([name, exit]) => [exit, exitMeanings[name]]),
    ),
    'Under `--json` an error is the one document on stdout, with the same exit code: `{"error":{"code","message","exit","suggestions"}}`. `code` is the code of the refusal above, or one of the CLI’s own:',
    table(
      ['code', 'exit code', 'meaning'],
      [
        ['`USAGE`', 2, 'what was typed cannot be right'],
        ['`CONFIG`', 2, 'a setting or a file of settings is not valid'],
        ['`NOT_LOGGED_IN`', 4, 'there is no token for the deployment'],
        ['`UNREACHABLE`', 5, 'no service answers there'],
        ['`TIMED_OUT`', 6, 'what was waited for did not happen in time'],
        ['`CANCELLED`', 130, 'Ctrl-C, or a question answered with no'],
        ['`INTERNAL`', 1, 'a fault of spikectl: please report it with what `--verbose` prints'],
      ],
    ),
  ].join('\n\n');
}
