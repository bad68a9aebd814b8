import { access, constants, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FireError } from '../fireError.js';
import type { FireReport } from '../report.js';
import { htmlReport } from './htmlReport.js';
import { junitReport } from './junitReport.js';

const EXIT_USAGE = 2;

interface ReportFiles {
  junit?: string | undefined;
  html?: string | undefined;
}

/** Looks whether the files can be written, before a long run whose report they shall hold. @throws FireError when not */
export async function requireWritable({ junit, html }: ReportFiles): Promise<void> {
  for (const file of [junit, html]) {
    if (file === undefined) continue;
    const found = await stat(file).catch(() => undefined);
    if (found?.isDirectory()) throw notWritten(file, 'it is a folder');
    const target = found === undefined ? path.dirname(file) : file;
    await access(target, constants.W_OK).catch((error: unknown) => {
      throw notWritten(file, (error as Error).message);
    });
  }
}

/** Writes the files that were asked for. @returns their names */
export async function writeReports(report: FireReport, { junit, html }: ReportFiles): Promise<string[]> {
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
    throw notWritten(file, (error as Error).message);
  }
}

function notWritten(file: string, why: string): FireError {
  return new FireError('NOT_WRITTEN', `${file} cannot be written: ${why}.`, {
    exit: EXIT_USAGE,
    suggestions: ['Name a file in a folder that is there and that you may write to.'],
  });
}
