import { useInput, useStdout, type Key as InkKey } from 'ink';
import { useEffect, useState, useSyncExternalStore, type ReactElement } from 'react';
import { Screen } from './components/Screen.js';
import type { Dashboard } from './createDashboard.js';
import type { Key } from './state/ui.js';

/** Draws what the dashboard knows, hands it the keys, and follows the size of the terminal. */
export function App({ dashboard }: { dashboard: Dashboard }): ReactElement {
  const view = useSyncExternalStore(dashboard.subscribe, dashboard.view);
  const { columns, rows } = useSize();
  useInput((input, key) => {
    if (key.ctrl && input === 'c') return dashboard.interrupt();
    // Ink takes Escape alone for a meta key too.
    if (key.ctrl || (key.meta && !key.escape)) return;
    // A key that is held comes in bundles over a slow line.
    const keys = /^(j+|k+)$/.test(input) ? Array.from(input) : [input];
    for (const one of keys) dashboard.press({ input: one, name: nameOf(key) });
  });
  // One line less than there is: a frame that fills the terminal would make it scroll, and Ink draw it anew each time.
  return <Screen view={view} columns={columns} rows={rows - 1} />;
}

function nameOf(key: InkKey): Key['name'] {
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.return) return 'enter';
  if (key.escape) return 'escape';
  return key.backspace || key.delete ? 'backspace' : undefined;
}

function useSize(): { columns: number; rows: number } {
  const { stdout } = useStdout();
  const read = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const [size, setSize] = useState(read);
  useEffect(() => {
    const resize = () => setSize(read());
    stdout.on('resize', resize);
    return () => void stdout.off('resize', resize);
  }, [stdout]);
  return size;
}
