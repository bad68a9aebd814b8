import { moment } from '../text/format.js';

/** When something was, by this browser's time zone; the exact time is in the tip. */
export function Moment({ at }: { at: string | null }) {
  return at === null ? (
    <>{moment(at)}</>
  ) : (
    <time dateTime={at} title={at}>
      {moment(at)}
    </time>
  );
}
