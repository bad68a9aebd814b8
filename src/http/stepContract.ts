import type { z } from 'zod';
import type { ErrorCode } from '../domain/errorCatalogue.js';
import type { StaffRole } from '../domain/staffRole.js';

/** Whose token a route takes. */
type TokenHolder = 'shopper' | 'staff' | 'service';

/** When a route was given up, and when it will be gone; both `YYYY-MM-DD`. */
export interface Deprecation {
  since: string;
  sunset: string;
}

/**
 * What a step of a route's chain means for whoever calls the route. The document of the API is put together from these, so that
 * it asks for the token, the role and the body that the step asks for, and names the refusals that the step throws.
 */
export interface StepContract {
  body?: { schema: z.ZodType; isOptional: boolean };
  query?: z.ZodType;
  token?: { holder: TokenHolder; role?: StaffRole };
  refusals?: readonly ErrorCode[];
  deprecation?: Deprecation;
}

/** How a body can be refused before anybody looks at what it asks for. */
export const bodyRefusals = ['BAD_INPUT', 'BAD_JSON', 'BODY_TOO_LARGE'] as const satisfies readonly ErrorCode[];

/** How a token can be refused. */
export const tokenRefusals = [
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'TOKEN_INVALID',
] as const satisfies readonly ErrorCode[];
