/**
 * What was asked about one alarm, right beside it: each order with what came of it, and the form for another. It asks about this alarm of this school
 * and nothing else.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { orderPage } from '../../words/district/order-board-words.ts';
import { Failure } from '../page/failure.tsx';
import { say } from '../page/language.ts';
import { Show, useLoaded } from '../page/page-frame.tsx';
import { useOrders } from './follow-orders.ts';
import { mayHere } from './officer.ts';
import { orderSchools } from './order-calls.ts';
import { OrderForm } from './order-form.tsx';
import { OrderList } from './order-list.tsx';

interface BesideParts {
  readonly school: string;
  readonly alarm: number;
  /** The form is open already: whoever asked for this wants to write. */
  readonly asking?: boolean;
  /** Where Escape leads from the form. */
  readonly left?: () => void;
}

/** The form, the cursor where one writes. */
function Asking({ school, alarm, left, given }: BesideParts & { left: () => void; given: () => void }) {
  const at = useRef<HTMLDivElement>(null);
  const [loaded, again] = useLoaded(orderSchools, school);
  useEffect(() => {
    if (loaded.phase === 'there') at.current?.querySelector('textarea')?.focus();
  }, [loaded.phase]);
  useEffect(() => {
    const form = at.current;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && left();
    form?.addEventListener('keydown', onKey);
    return () => form?.removeEventListener('keydown', onKey);
  }, [left]);
  return (
    <div ref={at}>
      <Show loaded={loaded} again={again}>
        {(schools) => (
          <OrderForm schools={schools.filter((one) => one.school === school)} about={{ alarm }} given={given} />
        )}
      </Show>
    </div>
  );
}

export function OrdersBeside({ school, alarm, asking = false, left }: BesideParts) {
  const [open, setOpen] = useState(asking);
  const button = useRef<HTMLButtonElement>(null);
  const { orders, failure, look } = useOrders({ school, alarm });
  const back = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <section class="orderbeside" data-about={`${school}/${alarm}`}>
      {mayHere('order') && !asking && (
        <button
          type="button"
          class="btn act-order"
          ref={button}
          aria-expanded={open}
          onClick={() => setOpen((was) => !was)}
        >
          {say(orderPage.besideAlarm)}
        </button>
      )}
      {open && <Asking school={school} alarm={alarm} left={left ?? back} given={() => void look()} />}
      <Failure why={failure} />
      {orders && (orders.length > 0 || asking) && <OrderList orders={orders} schools={[]} lone />}
    </section>
  );
}
