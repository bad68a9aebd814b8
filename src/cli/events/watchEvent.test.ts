import { describe, expect, it } from '@jest/globals';
import { ServiceRefusal, ServiceUnreachable } from '../../client/errors.js';
import type { FailAnswer, StaffEventView } from '../../domain/wire.js';
import { outliveToken, watchEvent, type WatchGoal, type WatchOptions } from './watchEvent.js';

const event = { id: '3', state: 'open', available: 2, pending: 0, sold: 0 } as StaffEventView;
const away = new ServiceUnreachable('refused', 'http://127.0.0.1:1', 'connection refused');

/** Looks give these one after the other, and then the last for ever; an error is thrown. */
function looks(...given: (Partial<StaffEventView> | Error)[]): () => Promise<StaffEventView> {
  let index = -1;
  return () => {
    index = Math.min(index + 1, given.length - 1);
    const one = given[index]!;
    return one instanceof Error ? Promise.reject(one) : Promise.resolve({ ...event, ...one });
  };
}

function watch(look: () => Promise<StaffEventView>, goal: WatchGoal | undefined, own: Partial<WatchOptions> = {}) {
  const said: string[] = [];
  const options = {
    goal,
    intervalMs: 1,
    timeoutMs: 5_000,
    signal: new AbortController().signal,
    onEvent: () => undefined,
    say: (text: string) => said.push(text),
    ...own,
  };
  return { said, watched: watchEvent(look, options) };
}

describe('watching an event', () => {
  it.each<[WatchGoal, Partial<StaffEventView>, Partial<StaffEventView>]>([
    ['sold-out', { available: 1 }, { available: 0 }],
    ['ended', {}, { state: 'ended' }],
    ['ended', {}, { state: 'closed' }],
    ['closed', { state: 'ended' }, { state: 'closed' }],
    ['drained', { pending: 1 }, { pending: 0 }],
    ['sold-out', { available: null }, { available: 0 }],
  ])('until %s ends when it has come: %p, then %p', async (goal, before, after) => {
    const { watched } = watch(looks(before, before, after), goal);
    expect((await watched).event).toMatchObject(after);
  });

  it.each<Partial<StaffEventView>>([{ state: 'ended' }, { state: 'closed' }])(
    'without a goal ends when the sale is over (%p) and nothing of it is pending',
    async (over) => {
      const { watched } = watch(looks({ pending: 1 }, { ...over, pending: 1 }, { ...over, pending: 0 }), undefined);
      expect((await watched).samples).toHaveLength(3);
    },
  );

  it('looks anew once its token has expired, and only then', async () => {
    const expired = new ServiceRefusal(401, { code: 'TOKEN_EXPIRED' } as FailAnswer);
    const anew = looks({ sold: 2 }, new ServiceRefusal(401, { code: 'TOKEN_INVALID' } as FailAnswer));
    const look = outliveToken(looks({ sold: 1 }, expired, { sold: 9 }), anew);
    expect([(await look()).sold, (await look()).sold]).toEqual([1, 2]);
    await expect(look()).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    await expect(outliveToken(looks(away), anew)()).rejects.toBe(away);
  });

  it('keeps what it saw, once for each change', async () => {
    const { watched } = watch(looks({}, {}, { sold: 1 }, { sold: 1 }, { available: 0, sold: 2 }), 'sold-out');
    expect((await watched).samples.map(({ sold }) => sold)).toEqual([0, 1, 2]);
  });

  it('waits for a service that does not answer for a while, and says so once', async () => {
    const refusal = new ServiceRefusal(503, { msg: 'a store is not reachable' } as FailAnswer);
    const { said, watched } = watch(looks({}, away, refusal, away, { available: 0 }), 'sold-out');
    await watched;
    expect(said).toEqual([expect.stringContaining('trying again'), 'The admin service answers again.']);
  });

  it('does not wait for a service that never answered, or that says no', async () => {
    await expect(watch(looks(away), 'ended').watched).rejects.toBe(away);
    const gone = new ServiceRefusal(404, { code: 'NOT_FOUND', msg: 'not found' } as FailAnswer);
    await expect(watch(looks({}, gone), 'ended').watched).rejects.toBe(gone);
  });

  it('ends with 6 when the time is over, and with 0 when there was nothing to wait for', async () => {
    const late = watch(looks({}), 'ended', { timeoutMs: 5 });
    await expect(late.watched).rejects.toMatchObject({ code: 'TIMED_OUT', exit: 6 });
    expect((await watch(looks({}), undefined, { timeoutMs: 5 }).watched).event).toEqual(event);
  });

  it('does not wait for a sold-out of an event that is over', async () => {
    const { watched } = watch(looks({}, { state: 'closed' }), 'sold-out');
    await expect(watched).rejects.toMatchObject({ code: 'GOAL_MISSED', exit: 1 });
  });
});
