import type Koa from 'koa';
import type { ErrorCode } from '../domain/errorCatalogue.js';
import type { StepContract } from './stepContract.js';

/** What every request carries from the first line of `createApp` on. */
export interface BaseState {
  requestId: string;
  /** The values of the route's `:names`, decoded. */
  params: Readonly<Record<string, string>>;
  /** The code that the request was refused with, for the metrics and the log. */
  refusalCode?: ErrorCode;
  /** Who asked, as the log names them: `shopper 12`, `staff 3`. Set by the authentication steps. */
  actor?: string;
}

/** A Koa context whose state also holds what the steps before have put there. */
export type Ctx<State extends object = object> = Koa.ParameterizedContext<BaseState & State, object>;

/** The last link of a route's chain: answers. `State` is what it needs from the steps before, checked by the compiler. */
export type Handler<State extends object = object> = (ctx: Ctx<State>) => unknown;

/**
 * A link of a route's chain before the handler: lets the request pass (`return next()`), or throws a `Refusal`.
 * `Adds` is what it puts into `ctx.state`; the property exists for the compiler only.
 */
export interface Step<Adds extends object = object> {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a step reads nothing that other steps add
  (ctx: Ctx<any>, next: Koa.Next): unknown;
  readonly adds?: Adds;
  /** What it means for the clients of the route; read by the API document and by nothing that answers. */
  readonly contract?: StepContract;
}

/**
 * Gives a step its type: inside, what it adds is still optional; behind it, it is there.
 *
 * @param contract noted on `run`, which must be a function of this step's own
 */
export function step<Adds extends object = object>(
  run: (ctx: Ctx<Partial<Adds>>, next: Koa.Next) => unknown,
  contract?: StepContract,
): Step<Adds> {
  return (contract === undefined ? run : Object.assign(run, { contract })) as Step<Adds>;
}
