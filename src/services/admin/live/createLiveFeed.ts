import type { LiveFrame } from '../../../domain/wire/live.js';
import type { Log } from '../../../http/createLog.js';

interface LiveListener {
  /** @param json the frame as it is sent; made once for all listeners */
  onFrame(frame: LiveFrame, json: string): void;
  /** The service stops. */
  onEnd(): void;
}

export interface LiveFeed {
  /** Frames come from now on, the first one at once. @returns how to stop listening */
  listen(listener: LiveListener): () => void;
  /** One frame, gathered now or a moment ago. */
  once(): Promise<LiveFrame>;
  readonly listeners: number;
  /** Ends every stream. */
  end(): void;
}

/** Who asks for a single frame so often gets the same one. */
const ONCE_AGE_MAX_MS = 500;

/**
 * Gathers frames for all who listen, however many they are, and not at all while nobody does. When somebody listens again, a new
 * gatherer begins: what was between the two nobody has looked at.
 */
export function createLiveFeed(
  createGatherer: () => () => Promise<LiveFrame>,
  { intervalMs, log }: { intervalMs: number; log: Log },
): LiveFeed {
  const listeners = new Set<LiveListener>();
  let gather = createGatherer();
  /** What is under way, and by which gatherer: that of the listeners before is none of those of now. */
  let gathering: { by: typeof gather; frame: Promise<LiveFrame> } | undefined;
  let ticking: typeof gather | undefined;
  let last: { frame: LiveFrame; json: string; atMs: number } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const gatherOne = () => {
    const by = gather;
    if (gathering?.by === by) return gathering.frame;
    const frame = by()
      .then((gathered) => {
        if (by === gather) last = { frame: gathered, json: JSON.stringify(gathered), atMs: performance.now() };
        return gathered;
      })
      .finally(() => {
        if (gathering?.by === by) gathering = undefined;
      });
    gathering = { by, frame };
    return frame;
  };
  const tick = () => {
    const by = gather;
    // The frame before took longer than a second: nobody gets it twice.
    if (ticking === by) return;
    ticking = by;
    gatherOne()
      .then(
        () => {
          if (by === gather) for (const listener of listeners) listener.onFrame(last!.frame, last!.json);
        },
        (error: unknown) => log.error({ err: error }, 'a live frame could not be gathered'),
      )
      .finally(() => {
        if (ticking === by) ticking = undefined;
      });
  };

  return {
    listen(listener) {
      if (listeners.size === 0) {
        gather = createGatherer();
        last = undefined;
        timer = setInterval(tick, intervalMs);
        tick();
      } else if (last !== undefined) {
        listener.onFrame(last.frame, last.json);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
    async once() {
      if (last !== undefined && performance.now() - last.atMs < ONCE_AGE_MAX_MS) return last.frame;
      return gatherOne();
    },
    get listeners() {
      return listeners.size;
    },
    end() {
      for (const listener of [...listeners]) listener.onEnd();
    },
  };
}
