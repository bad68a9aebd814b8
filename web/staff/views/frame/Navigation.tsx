import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/Button.js';
import { useDesk } from '../../desk/useDesk.js';
import { href, place } from '../../place/place.js';
import { common } from '../../text/common.js';
import { areasFor } from './areas.js';
import { LanguageSwitch } from './LanguageSwitch.js';

/** Where one can go, who one is, and the way out. On a phone it is behind one button. */
export function Navigation() {
  const { session, may } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const login = session.login.value;
  const here = place.value;
  useEffect(() => setOpen(false), [here]);
  return (
    <header class="side" data-open={isOpen ? 'true' : undefined}>
      <div class="side-head">
        <a class="brand" href={href(['events'])}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          <span>{common.brand}</span>
        </a>
        <button
          type="button"
          class="button quiet menu-button"
          aria-expanded={isOpen}
          aria-controls="side-body"
          onClick={() => setOpen(!isOpen)}
        >
          {common.menu}
        </button>
      </div>
      <div id="side-body" class="side-body">
        <nav aria-label={common.sections}>
          <ul>
            {areasFor(may).map((area) => (
              <li key={area}>
                <a href={href([area])} aria-current={(here.path[0] ?? 'events') === area ? 'page' : undefined}>
                  {common.areas[area]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="who">
          <a href={href(['account'])} aria-current={here.path[0] === 'account' ? 'page' : undefined}>
            <strong>{login?.username}</strong>
            <span>{login === undefined ? '' : common.roles[login.role]}</span>
          </a>
          <LanguageSwitch />
          <Button kind="quiet" onPress={() => session.logOut()}>
            {common.logOut}
          </Button>
        </div>
      </div>
    </header>
  );
}
