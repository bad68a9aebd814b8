import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createShowFrame } from './showFrame.js';
import { createStreamLive } from './streamLive.js';

/** The whole system at a glance, every second. */
export function registerLiveRoutes({ viewer, staffAuth }: Guards, { feed }: AdminDeps): void {
  viewer.get('/admin/live', createStreamLive({ feed, checkToken: staffAuth.check }));
  viewer.get('/admin/live/once', createShowFrame(feed));
}
