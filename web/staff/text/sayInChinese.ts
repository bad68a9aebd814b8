/** A sentence that a service writes, with what varies in it as groups, and how it is said in Chinese. */
export type Sentence = readonly [said: RegExp, inChinese: (...parts: string[]) => string];

/** @returns what a service wrote in Chinese; undefined for a sentence that is not among them */
export function sayInChinese(text: string, sentences: readonly Sentence[]): string | undefined {
  for (const [said, inChinese] of sentences) {
    const match = said.exec(text);
    if (match !== null) return inChinese(...match.slice(1));
  }
  return undefined;
}
