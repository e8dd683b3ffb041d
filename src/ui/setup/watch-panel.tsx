/**
 * Whom alarms reach before the night: steps of chains that reach nobody, and the walls with what each last said of itself. It shows;
 * it changes nothing.
 */
import type { EmptyOfChain, WallAccount } from '../../core/alarm/reach.ts';
import type { WallCondition, Words } from '../../core/types.ts';
import { emptyStepWords, wallAccountProblems, wallConditions, wallUnlisted } from '../../words/door-words.ts';
import { span } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { site } from '../page/page-feed.ts';

/** What the gateway tells of walls and chains. */
export interface Watch {
  readonly nobody: readonly EmptyOfChain[];
  readonly walls: readonly {
    readonly user: string;
    readonly title: Words;
    readonly is?: WallCondition;
    readonly saidAgoMs?: number;
    readonly sound?: 'running' | 'blocked' | 'none';
    readonly visible?: boolean;
    readonly account: WallAccount;
  }[];
  readonly unlistedWalls: readonly string[];
}

/** Whom an alarm goes to when nobody else is left, as the configuration names it. */
function LastResort() {
  const here = site.value;
  const last = here?.escalation.lastResort;
  if (!here || !last) return null;
  const names = last.channels.map((id) => say(here.channels[id]?.title ?? { zh: id, en: id }));
  const list = names.join(t('listComma'));
  if (last.unnamed) return <p class="note">{t('lastResortUnnamed')}</p>;
  return <p class="note">{names.length > 0 ? t('lastResortIs', { list }) : t('lastResortScreens')}</p>;
}

export function Reach({ nobody }: Pick<Watch, 'nobody'>) {
  return (
    <div class="box">
      <h2>{t('reach')}</h2>
      {nobody.length === 0 && <p class="note">{t(stale.value ? 'emptyStale' : 'reachAll')}</p>}
      <table class="plain">
        <tbody>
          {nobody.map((step) => (
            <tr key={`${step.chain} ${step.level}`}>
              <td>
                <span class="flag">{say(emptyStepWords(step))}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <LastResort />
    </div>
  );
}

const sounds = { running: 'soundRunning', blocked: 'soundBlocked', none: 'soundNone' } as const;

function WallRow({ wall }: { wall: Watch['walls'][number] }) {
  const { user, title, is, saidAgoMs, sound, visible, account } = wall;
  const wrong = account === 'well' ? undefined : say(wallAccountProblems[account]);
  const state = is === undefined ? t('wallNotYet') : say(wallConditions[is]);
  const known = !stale.value && saidAgoMs !== undefined;
  return (
    <tr class={stale.value ? 'hatched' : ''}>
      <td>
        <b>{say(title)}</b> <code>{user}</code> {wrong !== undefined && <span class="flag">{wrong}</span>}
      </td>
      <td>{is === 'well' || is === undefined ? state : <span class="flag">{state}</span>}</td>
      <td class="n">{known ? t('ago', { age: span(saidAgoMs) }) : t('wallNever')}</td>
      <td>{known && visible !== undefined ? t(visible ? 'yes' : 'no') : '—'}</td>
      <td>{known && sound ? t(sounds[sound]) : '—'}</td>
    </tr>
  );
}

export function Walls({ walls, unlistedWalls }: Pick<Watch, 'walls' | 'unlistedWalls'>) {
  return (
    <div class="box scroll">
      <h2>{t('walls')}</h2>
      {walls.length === 0 && <p class="note">{t('noWalls')}</p>}
      {walls.length > 0 && (
        <table class="plain">
          <thead>
            <tr>
              <th>{t('wallTitle')}</th>
              <th>{t('state')}</th>
              <th class="n">{t('wallSaid')}</th>
              <th>{t('wallVisible')}</th>
              <th>{t('wallSound')}</th>
            </tr>
          </thead>
          <tbody>
            {walls.map((wall) => (
              <WallRow key={wall.user} wall={wall} />
            ))}
          </tbody>
        </table>
      )}
      {unlistedWalls.map((user) => (
        <p key={user} class="note">
          <span class="flag">{say(wallUnlisted(user))}</span>
        </p>
      ))}
    </div>
  );
}
