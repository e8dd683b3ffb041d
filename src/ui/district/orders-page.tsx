/**
 * Orders of the bureau: giving one, and what became of all of them. An address that names a school, and an alarm or a rectification of it, asks
 * about that. It must never ask about anything else than what it says it does.
 */
import { useState } from 'preact/hooks';
import { orderPage } from '../../words/district/order-board-words.ts';
import { Failure } from '../page/failure.tsx';
import { say } from '../page/language.ts';
import { Show, useLoaded } from '../page/page-frame.tsx';
import { DistrictDesk } from './desk-shell.tsx';
import { useOrders } from './follow-orders.ts';
import { mayHere } from './officer.ts';
import { type OrderSchool, orderSchools } from './order-calls.ts';
import { OrderForm, type OrderFormParts } from './order-form.tsx';
import { OrderList } from './order-list.tsx';

/** What the address asks about: numbers mean something at one school alone. */
function aboutOf(asked: URLSearchParams): OrderFormParts['about'] {
  const number = (name: 'alarm' | 'rectification') => {
    const n = Number(asked.get(name));
    return Number.isSafeInteger(n) && n > 0 ? { [name]: n } : {};
  };
  return asked.get('school') ? { ...number('alarm'), ...number('rectification') } : undefined;
}

function Orders({ schools }: { schools: readonly OrderSchool[] }) {
  const asked = new URLSearchParams(location.search);
  const [school, setSchool] = useState(asked.get('school') ?? '');
  const about = aboutOf(asked);
  const own = schools.filter((one) => one.school === asked.get('school'));
  const alone = about && Object.keys(about).length > 0 && own.length > 0;
  const [open, setOpen] = useState(false);
  const { orders, more, failure, look, goBack } = useOrders({ school, open });
  return (
    <div class="stack">
      {mayHere('order') && (
        <div class="box">
          <h2>{say(orderPage.give)}</h2>
          <OrderForm
            {...(alone ? { schools: own, about } : { schools })}
            first={own[0]?.school ?? ''}
            given={() => void look()}
          />
        </div>
      )}
      <div class="box">
        <div class="field orderfilter">
          <select
            name="of"
            aria-label={say(orderPage.school)}
            value={school}
            onChange={(e) => setSchool(e.currentTarget.value)}
          >
            <option value="">{say(orderPage.every)}</option>
            {schools.map((one) => (
              <option key={one.school} value={one.school}>
                {say(one.name)}
              </option>
            ))}
          </select>
          <label>
            <input type="checkbox" checked={open} onChange={(e) => setOpen(e.currentTarget.checked)} />{' '}
            {say(orderPage.open)}
          </label>
          <Failure why={failure} />
        </div>
        {orders && <OrderList orders={orders} schools={schools} />}
        {more && (
          <button type="button" class="btn" onClick={() => void goBack()}>
            {say(orderPage.older)}
          </button>
        )}
      </div>
    </div>
  );
}

export function OrdersPage() {
  const [loaded, again] = useLoaded(orderSchools, 'schools');
  return (
    <DistrictDesk>
      <Show loaded={loaded} again={again}>
        {(schools) => <Orders schools={schools} />}
      </Show>
    </DistrictDesk>
  );
}
