import type { LimitName, Limits } from '../../domain/limits.js';
import type { Step } from '../../http/context.js';
import type { LoginThrottle } from '../../http/loginThrottle.js';
import type { Passwords } from '../../http/passwords.js';
import type { Tokens } from '../../http/tokens.js';
import type { DeadLetterBox } from '../../stores/rabbitmq/createDeadLetterBox.js';
import type { Publisher } from '../../stores/rabbitmq/createPublisher.js';
import type { QueueReader } from '../../stores/rabbitmq/createQueueReader.js';
import type { LiveLimits } from '../../stores/redis/limits.js';
import type { AdminStores } from './adminStores.js';
import type { LiveFeed } from './live/createLiveFeed.js';
import type { TestTokens } from './testBuyers/createTestTokens.js';

/** What the handlers of this service work with. */
export interface AdminDeps {
  stores: AdminStores;
  queues: QueueReader;
  deadLetters: DeadLetterBox;
  /** To the order queue, for dead letters that are sent again. */
  publisher: Publisher;
  tokens: Tokens;
  /** Signed by the user service: this one has not the secret of shoppers' tokens. */
  testTokens: TestTokens;
  throttle: LoginThrottle;
  passwords: Passwords;
  nationalIdKey: string;
  addressLimit(route: string): Step;
  bodyBytesMax: number;
  /** The limits in force where an event has none of its own. */
  limits: LiveLimits<LimitName>;
  /** The limits in force where staff have set none. */
  limitSettings: Limits;
  stuckAfterSeconds: number;
  feed: LiveFeed;
}
