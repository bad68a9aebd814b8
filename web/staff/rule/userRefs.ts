/** Users as staff name them, by id or by phone number, apart from each other by commas, blanks in a row or lines. */
export interface UserRefs {
  userIds: string[];
  phones: string[];
  /** What is neither. */
  wrong: string[];
}

/** A phone number begins with a plus or a zero, or is written with marks between its digits; every other number is an id. */
export function readUserRefs(text: string): UserRefs {
  const refs: UserRefs = { userIds: [], phones: [], wrong: [] };
  const seen = new Set<string>();
  for (const written of text.split(/[,;，；、\n\r\t]+|\s{2,}/)) {
    const ref = written.trim();
    const phone = ref.replace(/[\s().-]/g, '');
    if (ref === '' || seen.has(phone)) continue;
    seen.add(phone);
    if (/^[1-9]\d{0,18}$/.test(ref)) refs.userIds.push(ref);
    else if (/^\+?\d{6,20}$/.test(phone)) refs.phones.push(phone);
    else refs.wrong.push(ref);
  }
  return refs;
}
