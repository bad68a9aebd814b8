import { createShopApi } from './api/createShopApi.js';
import { h } from './dom/h.js';
import { setHidden, setText } from './dom/set.js';
import { createSession, type Login, type LoginEnd } from './session/createSession.js';
import { openStore } from './session/openStore.js';
import { createShop } from './shop/createShop.js';
import { texts } from './text/texts.js';
import { createAccountView } from './views/createAccountView.js';
import { createShopView } from './views/createShopView.js';
import { currentRoute, onRouteChange, replaceRoute } from './views/route.js';
import type { View } from './views/view.js';

/** The page: the forms for those who are not logged in, the shop for those who are. */
const session = createSession(openStore('local'));
const tabStore = openStore('tab');
const place = part('view');
const account = part('account');
const connection = part('connection');

let view: View = open(session.current(), undefined);
place.replaceChildren(view.element);
view.show(currentRoute());

session.subscribe((login, why) => {
  view.remove();
  setText(connection, '');
  replaceRoute(login === undefined ? 'login' : 'sales');
  view = open(login, why);
  place.replaceChildren(view.element);
  view.show(currentRoute());
  view.focus();
});
onRouteChange(() => {
  view.show(currentRoute());
  view.focus();
});

function open(login: Login | undefined, why: LoginEnd | undefined): View {
  showAccount(login);
  if (login === undefined) {
    const forms = createAccountView({ onLogin: (phone, answer) => session.start(phone, answer) });
    forms.say(why);
    return forms;
  }
  const api = createShopApi(session);
  const shop = createShop({
    api,
    store: tabStore,
    phone: login.phone,
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

function showAccount(login: Login | undefined): void {
  setHidden(account, login === undefined);
  if (login === undefined) return account.replaceChildren();
  const whose = h('span', { class: 'phone-label' }, texts.account.loggedInAs);
  const logOut = h('button', { class: 'button quiet', type: 'button' }, texts.account.logOut);
  logOut.addEventListener('click', () => {
    const current = session.current();
    if (current !== undefined) session.end(current, 'loggedOut');
  });
  account.replaceChildren(h('span', { class: 'phone' }, whose, login.phone), logOut);
}

function part(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`index.html has no #${id}`);
  return element;
}
