import { render } from 'preact';
import { openStore } from '../src/session/openStore.js';
import { markLanguage } from '../src/text/language.js';
import { App } from './App.js';
import { createStaffApi } from './api/createStaffApi.js';
import { createLiveFeed } from './live/createLiveFeed.js';
import { createStaffSession } from './session/createStaffSession.js';
import { createDesk } from './desk/createDesk.js';
import { DeskContext } from './desk/useDesk.js';

/** The page of the staff: a login, and behind it everything that can be done to a running sale. */
markLanguage();
const session = createStaffSession(openStore('local'));
const desk = createDesk({ session, api: createStaffApi(session), live: createLiveFeed(session) });

render(
  <DeskContext.Provider value={desk}>
    <App />
  </DeskContext.Provider>,
  document.getElementById('app')!,
);
