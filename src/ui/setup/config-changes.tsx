/**
 * What was changed in the configuration, when and by whom, as far as that is known: when the gateway read it again, and at a start
 * after it had been changed meanwhile. It shows what the journal holds; it changes nothing.
 */
import { mayAsk } from '../../core/site/rights.ts';
import type { Event } from '../../core/types.ts';
import { configChange, configMore, configUnlisted } from '../../words/screens/config-words.ts';
import { stamp } from '../page/format.ts';
import { read } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { select, you } from '../page/page-feed.ts';
import { Show, useLoaded } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';

const PAST_MS = 90 * 86_400_000;
/** Of one change of the file; the rest is counted. */
const SHOWN = 30;

type ConfigRead = Extract<Event, { kind: 'started' | 'configured' }>;

async function load(): Promise<readonly ConfigRead[]> {
  const from = String(now.peek() - PAST_MS);
  const rows = await Promise.all(
    ['started', 'configured'].map(async (kind) => {
      const query = new URLSearchParams({ kind, from, limit: '1000' });
      return (await read<{ readonly rows: readonly ConfigRead[] }>(`/api/events?${query}`)).rows;
    }),
  );
  return rows
    .flat()
    .filter((one) => one.kind === 'configured' || one.difference)
    .sort((a, b) => b.seq - a.seq);
}

function Row({ one }: { one: ConfigRead }) {
  const { changes, more = 0 } = one.difference ?? { changes: [] };
  const left = Math.max(0, changes.length - SHOWN) + more;
  const who = one.kind === 'started' ? t('configFile') : one.by === 'SIGHUP' ? t('configSignal') : one.by;
  return (
    <tr>
      <td>{stamp(one.at, offset.value)}</td>
      <td>{who}</td>
      <td>
        {changes.slice(0, SHOWN).map((change) => (
          <div key={`${change.part} ${change.id}`}>{say(configChange(change))}</div>
        ))}
        {left > 0 && <div>{say(configMore(left))}</div>}
        {one.difference && changes.length === 0 && say(configUnlisted)}
        {!one.difference && t('configSame')}
      </td>
    </tr>
  );
}

const readAt = select((state) => Math.max(state.configuredAt, state.startedAt), 0);

export function ConfigChanges() {
  const may = you.value !== undefined && mayAsk(you.value.role, 'events');
  const [loaded, again] = useLoaded(() => (may ? load() : Promise.resolve([])), `${readAt.value} ${may}`);
  if (!may) return null;
  return (
    <div class="box">
      <h2>{t('configPast')}</h2>
      <Show loaded={loaded} again={again}>
        {(all) =>
          all.length === 0 ? (
            <p class="note">{t('configNone')}</p>
          ) : (
            <div class="scroll">
              <table class="plain tight">
                <tbody>
                  {all.map((one) => (
                    <Row key={one.seq} one={one} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Show>
    </div>
  );
}
