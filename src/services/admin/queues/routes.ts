import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createListQueues } from './listQueues.js';

/** The queues between purchase and order. */
export function registerQueueRoutes({ viewer }: Guards, { stores, queues }: AdminDeps): void {
  viewer.get('/admin/queues', createListQueues(stores, queues));
}
