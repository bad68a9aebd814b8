import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Lines around a change, as `diff -u` shows them. */
const CONTEXT_LINES = 3;

/** What writing would change, in the form of `diff -u`. */
export function describeDifference(file: string, present: Buffer, wanted: string): string {
  if (present.includes(0)) return `${file}: what stands there is no text (${present.length} bytes).\n`;
  return createTwoFilesPatch(file, file, present.toString('utf8'), wanted, 'in the folder', 'rendered', {
    context: CONTEXT_LINES,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
