import type { Handler } from '../../../http/context.js';
import type { LiveFeed } from './createLiveFeed.js';
import { presentFrame } from './presenters.js';

/** `GET /admin/live/once`: the frame of this moment. */
export function createShowFrame(feed: LiveFeed): Handler {
  return async (ctx) => {
    ctx.body = presentFrame(await feed.once());
  };
}
