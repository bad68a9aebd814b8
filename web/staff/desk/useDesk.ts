import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Desk } from './createDesk.js';

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('no desk around this component');
  return desk;
}
