import { Notices } from '../../components/Notices.js';
import { common } from '../../text/common.js';
import { AlertStrip } from './AlertStrip.js';
import { CurrentView } from './CurrentView.js';
import { LiveStrip } from './LiveStrip.js';
import { Navigation } from './Navigation.js';

/** What stands around every view. */
export function Frame() {
  return (
    <div class="frame">
      <button type="button" class="skip" onClick={() => document.querySelector('h1')?.focus()}>
        {common.skip}
      </button>
      <Navigation />
      <div class="content">
        <LiveStrip />
        <AlertStrip />
        <main id="view" class="staff-view">
          <CurrentView />
        </main>
        <Notices />
      </div>
    </div>
  );
}
