import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { RuleLink } from '../domain/wire.js';
import { usageError } from './errors.js';

const ruleSchema = z.array(z.strictObject({ name: z.string().min(1), rule: z.unknown().optional() }));

const EXAMPLE = `--rule '[{"name":"base","rule":{"age":{"min":18}}}]'`;

/**
 * Reads a rule that was given as JSON or as the name of a file that holds it. Here only the form is checked; the service
 * knows the filters and says where one of them is wrong. A link without settings may leave `rule` out.
 */
export async function readRule(given: string): Promise<RuleLink[]> {
  const inline = /^\s*[[{]/.test(given);
  const where = inline ? '--rule' : `--rule ${given}`;
  const value = parseJson(inline ? given : await readRuleFile(given), where);
  const links = ruleSchema.safeParse(Array.isArray(value) ? value : [value]);
  if (!links.success) {
    const issue = links.error.issues[0];
    const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
    throw usageError(
      `${where}${place}: each link of a rule is an object with "name" and, when its filter has settings, "rule".`,
      EXAMPLE,
      'spikectl rule list',
    );
  }
  return links.data.map(({ name, rule = {} }) => ({ name, rule }));
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`${where} is not valid JSON: ${(error as Error).message}.`, EXAMPLE);
  }
}

async function readRuleFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EISDIR' && code !== 'EACCES') throw error;
    throw usageError(`--rule: there is no file '${file}' that can be read, and it is not JSON.`, EXAMPLE);
  }
}
