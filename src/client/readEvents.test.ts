import { describe, expect, test } from '@jest/globals';
import { readEvents, type ServerEvent } from './readEvents.js';

async function read(chunks: readonly string[]): Promise<ServerEvent[]> {
  async function* source() {
    for (const chunk of chunks) yield chunk;
  }
  const events: ServerEvent[] = [];
  for await (const event of readEvents(source())) events.push(event);
  return events;
}

const text = 'retry: 1000\n\nevent: frame\nid: 1\ndata: {"a":1}\n\n: still here\n\ndata: one\ndata: two\n\n';
const events = [
  { event: 'frame', data: '{"a":1}' },
  { event: 'message', data: 'one\ntwo' },
];

describe('a stream of events', () => {
  test('is read the same wherever the network cuts it', async () => {
    expect(await read([text])).toEqual(events);
    expect(await read(Array.from(text))).toEqual(events);
  });

  test('may end its lines as Windows does', async () => {
    expect(await read([text.replaceAll('\n', '\r\n')])).toEqual(events);
  });

  test('that breaks off in the middle of an event does not give that event', async () => {
    expect(await read([text.slice(0, -2)])).toEqual(events.slice(0, 1));
  });
});
