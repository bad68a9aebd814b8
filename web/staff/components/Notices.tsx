import { useDesk } from '../desk/useDesk.js';

/** What has just been done, also for whoever hears the page. */
export function Notices() {
  const { notice } = useDesk();
  return (
    <p class="done" role="status">
      {notice.value}
    </p>
  );
}
