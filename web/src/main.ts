import { createShopApi } from './api/createShopApi.js';
import { setText } from './dom/set.js';
import { createSession, type Login, type LoginEnd } from './session/createSession.js';
import { openStore } from './session/openStore.js';
import { createShop } from './shop/createShop.js';
import { markLanguage } from './text/language.js';
import { texts } from './text/texts.js';
import { createAccountView } from './views/createAccountView.js';
import { createHeader } from './views/createHeader.js';
import { createShopView } from './views/createShopView.js';
import { currentRoute, onRouteChange, replaceRoute } from './views/route.js';
import type { View } from './views/view.js';

/** What was typed when another language was chosen: choosing one loads the page again. */
const TYPED_KEY = 'spike.typed';

/** The page: the forms for those who are not logged in, the shop for those who are. */
const session = createSession(openStore('local'));
const tabStore = openStore('tab');
const place = part('view');
const connection = part('connection');
const header = createHeader({ onLogOut, onLanguage: () => tabStore.write(TYPED_KEY, view.typed()) });
const typed = tabStore.read(TYPED_KEY) as Record<string, string> | undefined;
tabStore.write(TYPED_KEY, undefined);

markLanguage();
setText(part('brand'), texts.brand);
part('header').append(header.element);
let view: View = open(session.current(), undefined, typed);
show();
if (typed !== undefined) header.focusLanguage();

session.subscribe((login, why) => {
  view.remove();
  setText(connection, '');
  replaceRoute(login === undefined ? 'login' : 'sales');
  view = open(login, why);
  show();
  view.focus();
});
onRouteChange(() => {
  show();
  view.focus();
});

function open(login: Login | undefined, why?: LoginEnd, typed: Readonly<Record<string, string>> = {}): View {
  header.update(login?.phone);
  if (login === undefined) {
    const forms = createAccountView({ onLogin: (phone, answer) => session.start(phone, answer), typed });
    forms.say(why);
    return forms;
  }
  const api = createShopApi(session);
  const shop = createShop({
    api,
    store: tabStore,
    phone: login.phone,
    isReloaded: isReloaded(),
    onConnection: (isConnected) => setText(connection, isConnected ? '' : texts.connectionLost),
  });
  const shopView = createShopView(shop);
  shop.start();
  return {
    ...shopView,
    remove() {
      shop.stop();
      api.close();
      shopView.remove();
    },
  };
}

function show(): void {
  if (place.firstElementChild !== view.element) place.replaceChildren(view.element);
  const title = view.show(currentRoute());
  document.title = `${title} · ${texts.brand}`;
}

function onLogOut(): void {
  const current = session.current();
  if (current !== undefined) session.end(current, 'loggedOut');
}

function isReloaded(): boolean {
  return performance.getEntriesByType('navigation').some((entry) => 'type' in entry && entry.type === 'reload');
}

function part(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`index.html has no #${id}`);
  return element;
}
