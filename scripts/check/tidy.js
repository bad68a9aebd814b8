import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Keeps the house tidy where no other tool looks: in every text file of the repository, whatever its language. Ends with 1
 * and one line a finding.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));

/** A file that is longer does not fit in the head; tests may be longer, because nobody has to know all of one. */
const SOURCE_LINES_MAX = 350;

/** Written by npm, or pictures: nobody's prose and nobody's code. */
const SKIPPED = /^package-lock\.json$|\.(png|jpe?g|gif|ico|webp|woff2?)$/;

const unwanted = [
  {
    where: /\.test\.tsx?$/,
    pattern: /\b(?:describe|it|test)\.only\(|^\s*f(?:describe|it)\(/,
    says: 'runs one test and leaves out the others',
  },
  { where: /./, pattern: /\b(?:TODO|FIXME)\b/, says: 'do it, or open an issue' },
  {
    where: /./,
    pattern: /(?<![\w.~-])\/(?:home|Users)\/[\w.-]+\/|(?<![\w.~-])\/root\/|file:\/\/\/(?!\$)/,
    says: 'a path of one machine',
  },
];

const findings = repositoryFiles().flatMap((file) => findingsIn(file));
for (const finding of findings) process.stdout.write(`${finding}\n`);
process.exitCode = findings.length === 0 ? 0 : 1;

/** What is committed or would be: also a file that is new. */
function repositoryFiles() {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const self = path.relative(root, fileURLToPath(import.meta.url));
  return list.split('\0').filter((file) => file !== '' && file !== self && !SKIPPED.test(file));
}

function findingsIn(file) {
  const text = readIfThere(path.join(root, file));
  if (text === undefined) return [];
  const lines = text.split('\n');
  const tooLong =
    /^src\/.*\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && lines.length > SOURCE_LINES_MAX
      ? [`${file} has ${lines.length} lines, more than ${SOURCE_LINES_MAX}: split it`]
      : [];
  const rules = unwanted.filter(({ where }) => where.test(file));
  const found = lines.flatMap((line, index) =>
    rules.filter(({ pattern }) => pattern.test(line)).map(({ says }) => `${file}:${index + 1} ${says}: ${line.trim()}`),
  );
  return [...tooLong, ...found];
}

/** A file that git knows may have been deleted a moment ago. */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
