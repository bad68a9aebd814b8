import { writeFile } from 'node:fs/promises';
import { FireError } from '../fireError.js';
import type { FireReport } from '../report.js';
import { htmlReport } from './htmlReport.js';
import { junitReport } from './junitReport.js';

const EXIT_USAGE = 2;

/** Writes the files that were asked for. @returns their names */
export async function writeReports(
  report: FireReport,
  { junit, html }: { junit?: string | undefined; html?: string | undefined },
): Promise<string[]> {
  const files = [
    ...(junit === undefined ? [] : [[junit, junitReport(report)] as const]),
    ...(html === undefined ? [] : [[html, htmlReport(report)] as const]),
  ];
  for (const [file, text] of files) await write(file, text);
  return files.map(([file]) => file);
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new FireError('NOT_WRITTEN', `${file} cannot be written: ${(error as Error).message}.`, { exit: EXIT_USAGE });
  }
}
