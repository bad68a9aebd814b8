import { roleIncludes } from '../../domain/staffRole.js';
import type { View } from './view.js';

type Rights = Pick<View, 'who' | 'isReadonly'>;

/** Why nothing may be changed from this screen; undefined when it may. The service looks at the role again. */
export function refusalOf({ who, isReadonly }: Rights): string | undefined {
  if (isReadonly) return 'This screen is read only (--readonly).';
  if (!roleIncludes(who.role, 'operator')) return `You are a ${who.role}: changing anything takes an operator.`;
  return undefined;
}

export function mayChange(rights: Rights): boolean {
  return refusalOf(rights) === undefined;
}
