/**
 * What the district asks, at the desk: urges with who asks and until when, each answered with a sentence; and what else came from there in the
 * last day. While data is stale nothing counts down. It must never look like an alarm: it is none.
 */
import { useState } from 'preact/hooks';
import type { DistrictOrder } from '../../core/types.ts';
import {
  answeredWith,
  askedBy,
  becauseOf,
  dueBy,
  latelyTitle,
  orderDesk,
  outcomeWords,
  timeLeft,
  timeOver,
} from '../../words/bureau/order-desk-words.ts';
import { orderRefusals } from '../../words/bureau/order-words.ts';
import { Failure } from '../page/failure.tsx';
import { dayTime, hm, span } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { useAct } from '../page/page-frame.tsx';
import { districtOrders, mayAnswer, offset } from '../page/views.ts';
import { byText } from '../text/handling-text.ts';
import { orderAbout, orderTitle } from '../text/order-text.ts';
import './urges.css';

/** So many stand open at once; the alarms below must stay in sight. */
const FIRST = 2;

function AnswerForm({ order, done }: { order: DistrictOrder; done: () => void }) {
  const [text, setText] = useState('');
  const { busy, failure, act } = useAct();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await act(() => command({ do: 'answer-order', order: order.id, text: text.trim() }))) done();
  };
  return (
    <form class="field" onSubmit={(event) => void submit(event)}>
      <input
        class="long"
        name="urgeanswer"
        maxLength={500}
        aria-label={say(orderDesk.hole)}
        placeholder={say(orderDesk.hole)}
        ref={(input) => input?.focus()}
        value={text}
        onInput={(e) => setText(e.currentTarget.value)}
      />
      <button type="submit" class="btn main" disabled={busy || text.trim() === ''}>
        {say(orderDesk.send)}
      </button>
      <button type="button" class="btn" onClick={done}>
        {say(orderDesk.back)}
      </button>
      <Failure why={failure} />
    </form>
  );
}

/** Until when, and how long that is. */
function Due({ order: { due } }: { order: DistrictOrder }) {
  const left = due - now.value;
  return (
    <span>
      {say(dueBy(dayTime(due, offset.value)))}
      {!stale.value && left > 0 && <> · {say(timeLeft(span(left)))}</>}
      {!stale.value && left <= 0 && (
        <>
          {' '}
          <span class="flag">{say(timeOver(span(-left)))}</span>
        </>
      )}
    </span>
  );
}

function Urge({ order }: { order: DistrictOrder }) {
  const [writing, write] = useState(false);
  const about = orderAbout(order);
  return (
    <li class="urge" data-order={order.id}>
      <div>
        <p class="urgehead">
          <b>{say(askedBy(order.from, dayTime(order.asked, offset.value)))}</b>
          {about !== '' && <span>{about}</span>}
          <Due order={order} />
        </p>
        <p class="urgetext">{order.text}</p>
      </div>
      {mayAnswer.value && !writing && (
        <button type="button" class="btn" onClick={() => write(true)}>
          {say(orderDesk.answer)}
        </button>
      )}
      {writing && <AnswerForm order={order} done={() => write(false)} />}
    </li>
  );
}

/** One line of what came lately: what was asked, and what became of it. */
function Lately({ order }: { order: DistrictOrder }) {
  const { from, cameAt, text, over } = order;
  const about = orderAbout(order);
  return (
    <li>
      <b>
        {orderTitle(order)} {say(askedBy(from, hm(cameAt, offset.value)))}
      </b>
      {about !== '' && <> {about}</>}
      {text !== undefined && <> {text}</>} —{' '}
      <span>
        {say(outcomeWords[over?.how ?? 'open'])}
        {over?.how === 'answered' && say(answeredWith(byText(over), over.text ?? ''))}
        {over?.why && say(becauseOf(orderRefusals[over.why]))}
      </span>
    </li>
  );
}

/** Nothing where the district has asked nothing. */
export function Urges() {
  const [all, showAll] = useState(false);
  const { urges, lately } = districtOrders.value;
  if (urges.length + lately.length === 0) return null;
  const shown = all ? urges : urges.slice(0, FIRST);
  return (
    <section class="box urges hatch2" aria-label={say(orderDesk.title)}>
      {urges.length > 0 && (
        <>
          <h2>
            {say(orderDesk.title)} {urges.length}
          </h2>
          <ul>
            {shown.map((order) => (
              <Urge key={order.id} order={order} />
            ))}
          </ul>
          {shown.length < urges.length && (
            <p class="urgesmore">
              <button type="button" class="btn" onClick={() => showAll(true)}>
                {say(orderDesk.more)}
              </button>
            </p>
          )}
        </>
      )}
      {lately.length > 0 && (
        <details class="latelyfrom">
          <summary>{say(latelyTitle(lately.length))}</summary>
          <ul>
            {lately.map((order) => (
              <Lately key={order.id} order={order} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
