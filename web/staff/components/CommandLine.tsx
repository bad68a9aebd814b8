import { useState } from 'preact/hooks';
import { common } from '../text/common.js';

/** The command that does the same, for whoever wants to type it, or to learn it. */
export function CommandLine({ command }: { command: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(command).then(
      () => setCopied(true),
      // Without a secure connection there is no clipboard; the text can be selected.
      () => setCopied(false),
    );
  };
  return (
    <div class="command">
      <span class="command-label">{common.command}</span>
      <code>{command}</code>
      {navigator.clipboard !== undefined && (
        <button type="button" class="button quiet small" onClick={copy}>
          {isCopied ? common.copied : common.copy}
        </button>
      )}
    </div>
  );
}
