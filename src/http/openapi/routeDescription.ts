import type { ErrorCode } from '../../domain/errorCatalogue.js';

/** The things that a path can name. */
type Named = 'event' | 'order' | 'user' | 'commodity' | 'member of staff';

/**
 * What the chain of a route cannot say of it. Stands in a `contract.ts` beside the routes, which no service loads while it runs: the
 * API document is put together from it and from the steps of the chain.
 */
export interface RouteDescription {
  /** What generated clients call it. */
  operationId: string;
  summary: string;
  description?: string;
  /** What the `:id` in the path is the id of. */
  id?: Named;
  /** By HTTP status. */
  answers: Readonly<Record<number, AnswerDescription>>;
  /** What the handler refuses with; those of the steps before it come by themselves. */
  refusals?: readonly ErrorCode[];
  /** A body that is accepted. */
  body?: unknown;
}

export interface AnswerDescription {
  /** When it is this one, in a sentence. */
  description: string;
  /** The type of the body in `src/client/answers.ts` or `src/domain/wire`. */
  type: string;
  example: unknown;
  /** Server-Sent Events instead of a JSON body: the type of what each event carries, by its name. */
  events?: Readonly<Record<string, string>>;
  /** A body that is not JSON. */
  contentType?: string;
}

/** One part of the API: the routes of one `registerRoutes`, by method and pattern. */
export interface Contract {
  tag: string;
  /** What the part is about. */
  description: string;
  /** Not for clients: between the services, or for whoever runs them. */
  isInternal?: boolean;
  routes: Readonly<Record<string, RouteDescription>>;
}

/** The one good answer of a route, whose body is of that type and begins with `status`. */
export function answers(
  type: string,
  fields: object,
  { status = 200, description = 'Done.' }: { status?: number; description?: string } = {},
): Record<number, AnswerDescription> {
  return { [status]: { description, type, example: { status: 'success', ...fields } } };
}
