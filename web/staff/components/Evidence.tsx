import { evidenceText } from '../text/evidenceText.js';

/** What a service writes about what it found; a text that stays as it wrote it is marked as English. */
export function Evidence({ text }: { text: string }) {
  const said = evidenceText(text);
  return <span {...(said === text ? { lang: 'en' } : {})}>{said}</span>;
}
