/** First-strong isolate and its end: what stands between them keeps its own direction, and leaves that of the sentence alone. */
const [ISOLATE, END] = ['\u2068', '\u2069'];
/** Scripts that are written from right to left, and the characters that force a direction. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u202a-\u202e\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** For words of others inside a sentence of ours: a reason in Arabic would else carry away the full stop behind it. */
export function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `${ISOLATE}${text}${END}` : text;
}
