import { Eye, EyeOff, Pencil, Plus, Trash2 } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { readCookiesJson, writeCookiesJson } from '../../formats/cookies/cookies-json.ts';
import { readCookiesTxt, writeCookiesTxt } from '../../formats/cookies/cookies-txt.ts';
import { MASK } from '../../model/secrets.ts';
import type { SessionSettings, StoredCookie } from '../../model/session.ts';
import type { CookieKey } from '../../protocol/messages.ts';
import type { SessionStore } from '../state/sessions.ts';
import { strings } from '../strings.ts';
import { saveBody } from '../response/body/save-body.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { CookieForm } from './cookie-form.tsx';

const words = strings.sessions.jar;

interface CookiesPaneProps {
  store: SessionStore;
  session: SessionSettings;
}

/** A session's cookie jar: seen, edited, emptied, brought in and taken out. */
export function CookiesPane({ store, session }: CookiesPaneProps) {
  const [cookies, setCookies] = useState<readonly StoredCookie[] | null>(null);
  const [editing, setEditing] = useState<StoredCookie | 'new' | null>(null);
  const [shown, setShown] = useState(false);
  const [said, setSaid] = useState('');
  /** What was there before the last change that removed something. */
  const [before, setBefore] = useState<readonly StoredCookie[] | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const { id } = session;
  const news = store.news.value;
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<void> => {
      const jar = await store.jar(id).catch(() => null);
      if (wanted && jar !== null) setCookies(jar);
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [store, id, news]);

  async function change(remove: 'all' | readonly StoredCookie[], put: readonly StoredCookie[]): Promise<void> {
    const jar = await store.changeJar(id, remove === 'all' ? 'all' : remove.map(keyOf), put).catch(() => null);
    if (jar === null) setSaid(words.failed);
    else setCookies(jar);
  }

  async function removeAll(gone: 'all' | readonly StoredCookie[], words: string): Promise<void> {
    setBefore(cookies);
    setSaid(words);
    await change(gone, []);
  }

  async function bringIn(file: File): Promise<void> {
    const text = await file.text();
    const read = readCookiesJson(text, Date.now()) ?? readCookiesTxt(text, Date.now());
    setBefore(null);
    setSaid(words.imported(read.cookies.length, read.unread));
    if (read.cookies.length > 0) await change([], read.cookies);
  }

  const list = (cookies ?? []).toSorted(byPlace);
  return (
    <div class="cookies-pane">
      <div class="pane-bar cookies-bar">
        <button type="button" class="button" onClick={() => setEditing('new')}>
          <Icon of={Plus} size={12} /> {words.add}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) void bringIn(file);
            event.currentTarget.value = '';
          }}
        />
        <button type="button" class="button" title={words.importHint} onClick={() => input.current?.click()}>
          {words.import}
        </button>
        <button
          type="button"
          class="button"
          disabled={list.length === 0}
          title={words.exportTxtHint}
          onClick={() => saveBody(new Blob([writeCookiesTxt(list)], { type: 'text/plain' }), 'cookies.txt')}
        >
          {words.exportTxt}
        </button>
        <button
          type="button"
          class="button"
          disabled={list.length === 0}
          title={words.exportJsonHint}
          onClick={() => saveBody(new Blob([writeCookiesJson(list)], { type: 'application/json' }), 'cookies.json')}
        >
          {words.exportJson}
        </button>
        <button
          type="button"
          class="button"
          disabled={list.length === 0}
          onClick={() => void removeAll('all', words.cleared)}
        >
          {words.clear}
        </button>
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={words.showValues}
          hint={shown ? words.hideValues : words.showValues}
          pressed={shown}
          onClick={() => setShown(!shown)}
        />
      </div>
      <p class="pane-hint cookies-said" role="status">
        {said}{' '}
        {before !== null && (
          <button
            type="button"
            class="link-button"
            onClick={() => {
              void change([], before);
              setBefore(null);
              setSaid('');
            }}
          >
            {strings.sessions.undo}
          </button>
        )}
      </p>
      {editing !== null && (
        <CookieForm
          key={editing === 'new' ? 'new' : JSON.stringify(keyOf(editing))}
          cookie={editing === 'new' ? null : editing}
          onCancel={() => setEditing(null)}
          onSave={(cookie) => {
            void change(editing === 'new' ? [] : [editing], [cookie]);
            setEditing(null);
            setSaid('');
          }}
        />
      )}
      {cookies !== null && list.length === 0 ? (
        <p class="pane-hint">{words.empty}</p>
      ) : (
        <CookieTable
          cookies={list}
          shown={shown}
          onEdit={setEditing}
          onRemove={(cookie) => void removeAll([cookie], words.removed(cookie.name))}
        />
      )}
    </div>
  );
}

interface CookieTableProps {
  cookies: readonly StoredCookie[];
  shown: boolean;
  onEdit: (cookie: StoredCookie) => void;
  onRemove: (cookie: StoredCookie) => void;
}

function CookieTable({ cookies, shown, onEdit, onRemove }: CookieTableProps) {
  const { columns } = words;
  return (
    <div class="table-scroll" role="group" aria-label={words.table} tabIndex={0}>
      <table class="cookie-table" aria-label={words.table}>
        <thead>
          <tr>
            {[columns.name, columns.value, columns.domain, columns.path, columns.expires, columns.flags].map(
              (title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ),
            )}
            <th scope="col">
              <span class="sr-only">{strings.table.actionsColumn}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {cookies.map((cookie) => (
            <tr key={JSON.stringify(keyOf(cookie))}>
              <td>{cookie.name}</td>
              <td class="cookie-value" title={shown ? cookie.value : undefined}>
                {shown ? cookie.value : MASK}
              </td>
              <td>{domainWords(cookie)}</td>
              <td>{cookie.path}</td>
              <td>{cookie.expires === null ? words.session : new Date(cookie.expires).toLocaleString()}</td>
              <td>{flagWords(cookie)}</td>
              <td class="cookie-actions">
                <IconButton icon={Pencil} label={words.edit(cookie.name)} onClick={() => onEdit(cookie)} />
                <IconButton icon={Trash2} label={words.remove(cookie.name)} onClick={() => onRemove(cookie)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const keyOf = ({ name, domain, hostOnly, path }: StoredCookie): CookieKey => ({ name, domain, hostOnly, path });

function domainWords({ domain, hostOnly }: StoredCookie): string {
  if (domain === '') return words.everywhere;
  return hostOnly ? domain : `.${domain}`;
}

function flagWords({ secure, httpOnly, sameSite }: StoredCookie): string {
  return [secure ? 'Secure' : '', httpOnly ? 'HttpOnly' : '', sameSite === undefined ? '' : `SameSite=${sameSite}`]
    .filter(Boolean)
    .join(' ');
}

function byPlace(a: StoredCookie, b: StoredCookie): number {
  return a.domain.localeCompare(b.domain) || a.path.localeCompare(b.path) || a.name.localeCompare(b.name);
}
