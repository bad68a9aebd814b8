import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { fit, clockText, durationText } from '../text.js';
import { frameAgeMs, isStale, serverNowMs, type View } from '../state/view.js';

/** Where this is, who looks, and how old what they see is. */
export function Header({ view, columns }: { view: View; columns: number }): ReactElement {
  const { who, deployment, isReadonly } = view;
  const rights = isReadonly ? 'read only' : who.role;
  const age = ageText(view);
  const left = ` spikectl  ${deployment}  ${who.username} (${rights})`;
  return (
    <Box width={columns}>
      <Text bold inverse {...(isFresh(view) ? {} : { color: 'red' as const })} wrap="truncate-end">
        {fit(left, columns - age.length)}
        {age}
      </Text>
    </Box>
  );
}

function isFresh(view: View): boolean {
  return view.feed.frame !== undefined && view.feed.away === undefined && !isStale(view);
}

/** `live  12:03:11Z`, or for how long there has been nothing new. */
function ageText(view: View): string {
  if (view.feed.frame === undefined) return ' waiting for data ';
  if (isFresh(view)) return ` ● live  ${clockText(serverNowMs(view))}Z `;
  return ` ○ OLD DATA: ${durationText(frameAgeMs(view))} `;
}
