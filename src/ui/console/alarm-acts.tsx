/**
 * What a person at the desk may do about one alarm now: acknowledge, send somebody, record an arrival, put aside, take back.
 * A button is there only for a role that may; whether it may be done now is the core's word, whose sentence is shown.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { limitsFor } from '../../core/alarm/pledge.ts';
import type { Alarm, Command, Role } from '../../core/types.ts';
import { policePage, policeStanding } from '../../words/reach/police-words.ts';
import { SendList, suggested, useCandidates } from '../alarm/dispatch.tsx';
import { membersOf } from '../alarm/incident.tsx';
import { shelfOf } from '../alarm/marks.tsx';
import { Failure } from '../page/failure.tsx';
import { command } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { site, you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { answeredHere, mayShelve } from '../page/views.ts';
import { lateNow } from '../text/handling-text.ts';
import { unread } from './desk.ts';
import { ShelveForm } from './shelve-form.tsx';

type SendCommand = (asked: Command) => Promise<boolean>;
interface ActsPart {
  readonly alarm: Alarm;
  readonly role: Role;
  readonly busy: boolean;
  readonly ask: SendCommand;
}

/** Acknowledging: this alarm by one key, and all of its incident by a second button. */
function Acknowledge({ alarm, role, busy, ask, taken }: ActsPart & { taken: () => void }) {
  if (!may(role, 'acknowledge')) return null;
  // It keeps its place: a second click must not fall on the button beside it.
  if (alarm.acked)
    return (
      <button type="button" class="btn acked-here" disabled>
        {t('acknowledged')}
      </button>
    );
  // His own answer counts once; the alarm waits for another's.
  if (answeredHere(alarm))
    return (
      <button type="button" class="btn acked-here" disabled>
        {t('partMine')}
      </button>
    );
  const waits = membersOf(alarm).filter((a) => !a.acked);
  const one = (id: number) => ask({ do: 'acknowledge', alarm: id });
  const all = async () => {
    taken();
    for (const { id } of waits) await one(id);
  };
  return (
    <>
      <button
        type="button"
        class="btn main act-ack"
        disabled={busy}
        onClick={() => {
          taken();
          void one(alarm.id);
        }}
      >
        {t(unread.value ? 'acknowledge' : 'acknowledgeKey')}
      </button>
      {waits.length > 1 && (
        <button type="button" class="btn" disabled={busy} onClick={() => void all()}>
          {t('ackIncident', { n: waits.length })}
        </button>
      )}
    </>
  );
}

/** An alarm somebody took: another takes it over when it is late, and a person's word gives more time. */
function TakenWords({ alarm, role, busy, ask }: ActsPart) {
  const { pledge, id } = alarm;
  const limits = site.value && limitsFor(site.value, alarm);
  if (!pledge || !limits || !may(role, 'renew')) return null;
  const left = limits.renewals - pledge.words;
  return (
    <>
      {lateNow(alarm) && alarm.acked?.by !== you.value?.name && (
        <button
          type="button"
          class="btn main act-take"
          disabled={busy}
          onClick={() => void ask({ do: 'acknowledge', alarm: id })}
        >
          {t('takeOver')}
        </button>
      )}
      {left > 0 && (
        <button
          type="button"
          class="btn act-renew"
          disabled={busy}
          onClick={() => void ask({ do: 'renew', alarm: id })}
        >
          {t('renew', { n: left })}
        </button>
      )}
    </>
  );
}

/** Sending somebody: the one who is near by one press, anybody from the list. */
function Send({ alarm, role, busy, ask, open, toggle }: ActsPart & { open: boolean; toggle: () => void }) {
  const all = useCandidates(alarm);
  if (!may(role, 'dispatch')) return null;
  const best = alarm.dispatched && !lateNow(alarm) ? undefined : suggested(all, alarm);
  const send = async (to: string) => {
    if ((await ask({ do: 'dispatch', alarm: alarm.id, to })) && open) toggle();
  };
  return (
    <>
      {best && (
        <button type="button" class="btn act-send" disabled={busy} onClick={() => void send(best.person.id)}>
          {t('send', { name: best.person.name })}
        </button>
      )}
      <button type="button" class={`btn ${best ? '' : 'act-send'}`} aria-expanded={open} onClick={toggle}>
        {t(alarm.dispatched ? 'handOver' : 'sendOther')}
      </button>
      {open && <SendList all={all} alarm={alarm} send={(to) => void send(to)} />}
    </>
  );
}

/** A call to the police: that they answered, and that an officer is there. */
function PoliceSteps({ alarm, role, busy, ask }: ActsPart) {
  if (alarm.kind !== 'police' || !may(role, 'police-step')) return null;
  const { answered, came } = alarm.police ?? {};
  return (
    <>
      <span class="note">{say(policeStanding[came ? 'came' : answered ? 'answered' : 'called'])}</span>
      {!answered && (
        <button
          type="button"
          class="btn"
          disabled={busy}
          onClick={() => void ask({ do: 'police-step', call: alarm.id, step: 'answered' })}
        >
          {say(policePage.markAnswered)}
        </button>
      )}
      {!came && (
        <button
          type="button"
          class="btn"
          disabled={busy}
          onClick={() => void ask({ do: 'police-step', call: alarm.id, step: 'came' })}
        >
          {say(policePage.markCame)}
        </button>
      )}
    </>
  );
}

/** `taken`: called before the alarm leaves its list, so that it stays in view. */
export function Acts({ alarm, role, taken }: { alarm: Alarm; role: Role; taken: () => void }) {
  const [open, setOpen] = useState<'send' | 'shelve'>();
  const taking = useAct();
  // Sending is asked for beside acknowledging: whoever presses one key after the other loses neither.
  const sending = useAct();
  const shelf = shelfOf(alarm);
  const toggle = (which: 'send' | 'shelve') => setOpen(open === which ? undefined : which);
  const part = ({ busy, act }: typeof taking) => ({
    alarm,
    role,
    busy,
    ask: (asked: Command) => {
      taken();
      return act(() => command(asked));
    },
  });
  const { busy, ask } = part(taking);
  const failure = taking.failure ?? sending.failure;
  return (
    <>
      <div class="acts">
        <Acknowledge {...part(taking)} taken={taken} />
        <Send {...part(sending)} open={open === 'send'} toggle={() => toggle('send')} />
        <TakenWords {...part(taking)} />
        {alarm.dispatched && !alarm.arrived && may(role, 'arrive') && (
          <button type="button" class="btn" disabled={busy} onClick={() => void ask({ do: 'arrive', alarm: alarm.id })}>
            {t('arriveFor')}
          </button>
        )}
        <PoliceSteps {...part(taking)} />
        {!shelf && may(role, 'shelve') && mayShelve(alarm) && (
          <button
            type="button"
            class="btn act-shelve"
            aria-expanded={open === 'shelve'}
            onClick={() => toggle('shelve')}
          >
            {t('shelve')}
          </button>
        )}
        {shelf && may(role, 'unshelve') && (
          <button
            type="button"
            class="btn"
            disabled={busy}
            onClick={() => void ask({ do: 'unshelve', key: shelf.key })}
          >
            {t('unshelve')}
          </button>
        )}
      </div>
      {open === 'shelve' && !shelf && (
        <ShelveForm alarm={alarm} busy={busy} ask={ask} done={() => setOpen(undefined)} />
      )}
      <Failure why={failure} />
    </>
  );
}
