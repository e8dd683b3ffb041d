/** Orders as rows: what was asked, how far it is, and what the school says. It stands on the page of orders and beside an alarm. */
import { answeredLate, type OrderEntry, orderStage } from '../../district/board/order-board.ts';
import { aboutAlarm, aboutRectification } from '../../words/bureau/order-desk-words.ts';
import { orderAsks, orderedReports, orderRefusals } from '../../words/bureau/order-words.ts';
import { orderPage, orderStages } from '../../words/district/order-board-words.ts';
import { dayTime } from '../page/format.ts';
import { say } from '../page/language.ts';
import { officer, officerNow } from './officer.ts';
import { type OrderSchool, orderFilePath } from './order-calls.ts';
import './orders.css';

interface ListParts {
  readonly schools: readonly OrderSchool[];
  /** It stands beside what all of them are about, which none of them says again. */
  readonly lone?: boolean;
}

/** What it is about, in a few words. */
function matterOf(
  { text, alarm, rectification, device, report, from, to }: OrderEntry,
  school: OrderSchool | undefined,
  lone: boolean,
) {
  const camera = school?.cameras.find(({ id }) => id === device)?.title;
  return [
    text,
    !lone && alarm !== undefined && say(aboutAlarm(alarm)),
    rectification !== undefined && say(aboutRectification(rectification)),
    camera ? say(camera) : device,
    report && `${say(orderedReports[report])} ${from} – ${to}`,
  ].filter((part): part is string => typeof part === 'string');
}

/** What the school says came of it. */
function Outcome({ order }: { order: OrderEntry }) {
  const { answer, doneBy, doneAt, why, file, id } = order;
  const offset = officer.value?.utcOffsetMin ?? 480;
  return (
    <>
      {answer !== undefined && (
        <p>
          {answer}{' '}
          <small>
            {doneBy} {doneAt !== undefined && dayTime(doneAt, offset)}
          </small>
        </p>
      )}
      {why && <p>{say(orderRefusals[why])}</p>}
      {file && (
        <a class="btn" href={orderFilePath(id)} target="_blank" rel="noreferrer">
          {say(orderPage.file)}
        </a>
      )}
      {file?.differs && <span class="flag">{say(orderPage.differs)}</span>}
    </>
  );
}

function Row({ order, schools, lone = false }: ListParts & { readonly order: OrderEntry }) {
  const offset = officer.value?.utcOffsetMin ?? 480;
  const stage = orderStage(order, officerNow.value);
  const school = schools.find((one) => one.school === order.school);
  const grave = stage === 'overdue' || stage === 'undelivered';
  return (
    <tr data-order={order.id} data-stage={stage}>
      {!lone && <td>{school ? say(school.name) : order.school}</td>}
      <td>
        {say(orderAsks[order.kind])}
        {order.covert && <span class="flag">{say(orderPage.covert)}</span>}
      </td>
      <td class="ordermatter">
        {matterOf(order, school, lone).map((part, i) => (
          <p key={i}>{part}</p>
        ))}
      </td>
      <td>
        {order.by} <small>{dayTime(order.at, offset)}</small>
      </td>
      <td class="when">{order.kind === 'urge' ? dayTime(order.until, offset) : ''}</td>
      <td>
        {grave ? <span class="flag">{say(orderStages[stage])}</span> : say(orderStages[stage])}
        {answeredLate(order) && <span class="flag">{say(orderPage.late)}</span>}
      </td>
      <td class="ordermatter">
        <Outcome order={order} />
      </td>
    </tr>
  );
}

const heads = ['school', 'kind', 'text', 'by', 'until', 'state', 'answer'] as const;

export function OrderList({ orders, schools, lone = false }: ListParts & { readonly orders: readonly OrderEntry[] }) {
  if (orders.length === 0) return <p class="note">{say(orderPage.none)}</p>;
  return (
    <div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            {heads.slice(lone ? 1 : 0).map((head) => (
              <th key={head}>{say(orderPage[head])}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <Row key={order.id} order={order} schools={schools} lone={lone} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
