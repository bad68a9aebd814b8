/** The other tabs of the same browser. */
export interface Tabs {
  /** Tells them that something of this shopper's has changed. */
  tell(): void;
  close(): void;
}

/** What one tab has bought, paid or cancelled, the others show at once instead of at their next look. */
export function openTabs(phone: string, onNews: () => void): Tabs {
  const channel = new BroadcastChannel(`spike.orders.${phone}`);
  let isOpen = true;
  channel.addEventListener('message', onNews);
  return {
    // What was under way when the shopper logged out ends later.
    tell: () => isOpen && channel.postMessage(null),
    close() {
      isOpen = false;
      channel.close();
    },
  };
}
