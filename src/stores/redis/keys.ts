/**
 * Owns the name of every Redis key. All keys of one event carry the same hash tag, so one script can touch them together in
 * a Redis Cluster.
 *
 * | key | type | holds |
 * |---|---|---|
 * | `event` | hash | the event as the scripts need it: run id, fence, quantity, available, window, limits, counters |
 * | `buyers` | hash | user id → `units;ticketId=orderId=quantity,…` of the orders that hold units |
 * | `pending` | hash | order id → the reservation, until MySQL has it |
 * | `parked` | hash | order id → why a pending reservation could not be stored (its message is in the dead-letter queue) |
 * | `outcomes` | hash | outcome → number of answers; when the first and the last purchase was accepted |
 * | `recent` | hash | the answers of the last minute, two seconds in a field; expires when there are none |
 * | `bucket` | string | the user's token bucket, expires when it is full again |
 * | `decision` | string | a cached access decision |
 */
export function createKeys(prefix: string) {
  const ofEvent = (eventId: string, name: string) => `${prefix}:{event:${eventId}}:${name}`;
  return {
    event: (eventId: string) => ofEvent(eventId, 'event'),
    buyers: (eventId: string) => ofEvent(eventId, 'buyers'),
    pending: (eventId: string) => ofEvent(eventId, 'pending'),
    parked: (eventId: string) => ofEvent(eventId, 'parked'),
    outcomes: (eventId: string) => ofEvent(eventId, 'outcomes'),
    recent: (eventId: string) => ofEvent(eventId, 'recent'),
    /** What a rebuild prepares for a fence before the event is switched to it. */
    newBuyers: (eventId: string, fence: number) => ofEvent(eventId, `new:${fence}:buyers`),
    newPending: (eventId: string, fence: number) => ofEvent(eventId, `new:${fence}:pending`),
    /** Scripts append the user id: the buckets of an event are keys beside the event's own. */
    bucketPrefix: (eventId: string) => ofEvent(eventId, 'bucket:'),
    decision: (eventId: string, ruleVersion: number, userId: string, userVersion: number) =>
      ofEvent(eventId, `decision:${ruleVersion}:${userId}:${userVersion}`),
    /** Rises with every change of the user that could change an access decision. */
    userVersion: (userId: string) => `${prefix}:{user:${userId}}:version`,
    addressBucket: (route: string, address: string) => `${prefix}:{address:${address}}:${route}`,
    loginFailures: (audience: string, name: string) => `${prefix}:{login:${audience}:${name}}:failures`,
    /** The life of the stock: which Redis it was built on. Missing or of another run id: rebuild before selling. */
    life: () => `${prefix}:life`,
    /** Hash: the limits that staff have set for all events, and the version of them. */
    limits: () => `${prefix}:limits`,
    /** Hash: process of the order service → the messages that it has in hand, and when it said so. */
    consumers: () => `${prefix}:consumers`,
    /** Hash: process of any service → what it last said of itself; expires when nobody says anything any more. */
    processes: () => `${prefix}:{processes}`,
    /** Hash: service and instance → how often it was started; expires with the last process. */
    processStarts: () => `${prefix}:{processes}:starts`,
    /** Pub/sub: an event's id whenever a unit returns or the event changes. */
    changes: () => `${prefix}:changes`,
  };
}

export type Keys = ReturnType<typeof createKeys>;
