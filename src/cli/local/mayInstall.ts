/**
 * How to ask whether packages may be installed: `--yes` says so beforehand, a person at a terminal is asked, and where there
 * is neither the answer is no (null), so that the command can say what to type instead.
 */
export function mayInstall(options: {
  yes: boolean;
  json: boolean;
  confirm: (question: string) => Promise<void>;
}): ((what: string) => Promise<void>) | null {
  if (options.yes) return () => Promise.resolve();
  if (options.json || !process.stdin.isTTY || !process.stderr.isTTY) return null;
  return (what) => options.confirm(`${what} are not installed on this machine. Install the packages?`);
}
