import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { TokenAnswer } from '../../../src/domain/wire.js';
import { createSession, type Login } from './createSession.js';
import type { Store } from './openStore.js';

const KEY = 'spike.login';

/** What all tabs of a browser share. That another one has written comes later, if at all. */
function createStore(): Store {
  const values = new Map<string, unknown>();
  return {
    read: (key) => values.get(key),
    write: (key, value) => void (value === undefined ? values.delete(key) : values.set(key, value)),
    onChangeElsewhere: () => undefined,
  };
}

function answerWith(token: string): TokenAnswer {
  return { status: 'success', token, expire: new Date(Date.now() + 60_000).toISOString() };
}

describe('a renewal', () => {
  const realFetch = globalThis.fetch;
  let answer: (token: string) => void;

  beforeEach(() => {
    globalThis.fetch = () => new Promise((resolve) => (answer = (token) => resolve(Response.json(answerWith(token)))));
  });

  afterEach(() => {
    globalThis.fetch = realFetch;
  });

  test('takes the place of the token that it was asked with', async () => {
    const store = createStore();
    const session = createSession(store);
    session.start('+49 170', answerWith('one'));
    const renewal = session.renew();
    answer('two');
    await renewal;
    expect(session.current()?.token).toBe('two');
    expect(store.read(KEY)).toMatchObject({ phone: '+49170', token: 'two' });
  });

  test('that is answered after another tab has logged out brings no login back', async () => {
    const store = createStore();
    const session = createSession(store);
    session.start('+49 170', answerWith('one'));
    const told = jest.fn();
    session.subscribe(told);
    const renewal = session.renew();
    store.write(KEY, undefined);
    answer('two');
    await renewal;
    expect(store.read(KEY)).toBeUndefined();
    expect(session.current()).toBeUndefined();
    expect(told.mock.calls).toEqual([[undefined, 'loggedOut']]);
  });

  test('that is answered after one of another tab takes the token of that one', async () => {
    const store = createStore();
    const session = createSession(store);
    session.start('+49 170', answerWith('one'));
    const renewal = session.renew();
    store.write(KEY, { ...(store.read(KEY) as Login), token: 'of the other tab' });
    answer('two');
    await renewal;
    expect(session.current()?.token).toBe('of the other tab');
    expect(store.read(KEY)).toMatchObject({ token: 'of the other tab' });
  });
});
