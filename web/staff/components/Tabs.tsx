/** Links to the parts of a view. */
export function Tabs({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { text: string; link: string; isCurrent: boolean }[];
}) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ text, link, isCurrent }) => (
        <a key={link} href={link} aria-current={isCurrent ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
