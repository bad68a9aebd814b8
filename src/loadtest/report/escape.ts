const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in XML and HTML; characters that XML knows no way to write are left out. */
export function escape(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the characters that it is about
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '').replace(/[&<>"']/g, (sign) => entities[sign]!);
}
