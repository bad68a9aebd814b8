import { signal, type Signal } from '@preact/signals';
import { roleIncludes, type StaffRole } from '../../../src/domain/staffRole.js';
import type { StaffApi } from '../api/createStaffApi.js';
import type { LiveFeed } from '../live/createLiveFeed.js';
import type { StaffSession } from '../session/createStaffSession.js';
import type { Question } from './question.js';

/** What every view works with. */
export interface Desk {
  session: StaffSession;
  api: StaffApi;
  live: LiveFeed;
  /** Whether the one who is logged in has this role or a higher one; the service asks again. */
  may(role: StaffRole): boolean;
  /** What is asked before something is changed; undefined while nothing is. */
  question: Signal<Question | undefined>;
  ask(question: Question): void;
  /** What has just been done. */
  notice: Signal<string>;
  say(text: string): void;
}

const NOTICE_MS = 6_000;

export function createDesk({ session, api, live }: Pick<Desk, 'session' | 'api' | 'live'>): Desk {
  const question = signal<Question>();
  const notice = signal('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    session,
    api,
    live,
    may: (role) => session.login.value !== undefined && roleIncludes(session.login.value.role, role),
    question,
    ask: (asked) => (question.value = asked),
    notice,
    say(text) {
      clearTimeout(timer);
      notice.value = text;
      timer = setTimeout(() => (notice.value = ''), NOTICE_MS);
    },
  };
}
