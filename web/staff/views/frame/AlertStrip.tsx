import { useDesk } from '../../desk/useDesk.js';
import { href } from '../../place/place.js';
import { alertText } from '../../text/alertText.js';
import { liveTexts } from '../../text/live.js';

/** What has to be looked at now, above every view. */
export function AlertStrip() {
  const { live } = useDesk();
  const alerts = (live.frame.value?.alerts ?? []).filter(({ level }) => level !== 'info');
  return (
    <div class="alerts" role="log" aria-label={liveTexts.alerts}>
      {alerts.map(({ code, level, text, eventId, next }) => (
        <p key={`${code} ${text}`} class={`alert ${level}`}>
          <strong>{liveTexts.alertNames[code]}</strong> <span>{alertText(text)}</span>{' '}
          <a
            href={eventId === null ? href([code === 'DEAD_LETTERS' ? 'queues' : 'system']) : href(['events', eventId])}
          >
            {liveTexts.look}
          </a>
          <code>{next}</code>
        </p>
      ))}
    </div>
  );
}
