import type { Output } from '../output.js';
import type { CreatedUsers } from './createUsers.js';

/** Says how many users of a file were made, or would be. */
export function sayCreated(result: CreatedUsers, out: Output): void {
  const { dryRun, created, existing, generatedPasswords, passwordsFile } = result;
  if (dryRun) out.info('Nothing was changed. It would be:');
  out.result(`${created} ${dryRun ? 'to create' : 'created'}, ${existing} registered already`);
  if (!dryRun && passwordsFile !== null && generatedPasswords > 0) {
    out.success(`${generatedPasswords} generated passwords are in ${passwordsFile}, which only you can read.`);
  }
}
