import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colours one piece of text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/**
 * Colours only where a person sees them: on a terminal, unless NO_COLOR is set; FORCE_COLOR turns them on anywhere.
 */
export function createPaint(stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): Paint {
  if (!hasColor(stream, environment)) return (_style, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}

function hasColor(stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== '') return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}
