import { readFileSync } from 'node:fs';

/**
 * Turns how the checks and the tests ended into the last line of `.ci/run` and its exit code. Imports no package: it also has
 * to speak when they could not be installed.
 */
const [checkCode, checkFile, testCode, testFile] = process.argv.slice(2);

const failures = [...checkFailures(), ...testFailures()];
const { numPassedTests: passed = 0, numPendingTests: pending = 0, numTodoTests: planned = 0 } = read(testFile) ?? {};
const skipped = pending + planned;

for (const failure of failures) console.log(`FAILED: ${failure}`);
if (skipped > 0) console.log(`${skipped} skipped; the line of each above says why.`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;

function checkFailures() {
  const failed = (read(checkFile)?.failed ?? []).map((name) => `npm run check, step ${name}`);
  return failed.length === 0 && checkCode !== '0' ? [`npm run check ended with ${checkCode}`] : failed;
}

function testFailures() {
  const results = read(testFile);
  if (results === undefined) return [`npm test ended with ${testCode} and no results`];
  const failed = results.testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName);
    return status === 'failed' && tests.length === 0 ? [`${name} could not be run`] : tests;
  });
  if (failed.length > 0) return failed;
  if (results.numTotalTests === 0) return ['npm test ran no test'];
  return testCode === '0' ? [] : [`npm test ended with ${testCode}`];
}

/** Undefined when whoever should have written the file did not get that far. */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
