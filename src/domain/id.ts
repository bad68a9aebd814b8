/** Ids are MySQL's BIGINT, in the one way of writing each: no sign, no leading zero. */
const ID = /^[1-9][0-9]{0,18}$/;

/** Whether the text can be an id. What cannot must not reach MySQL, which would read `1abc` as 1. */
export function isId(text: string): boolean {
  return ID.test(text);
}
