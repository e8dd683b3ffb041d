/** Answers an urge of the district with a sentence: what was done, or when it will be. Once; the first answer is the school's. */
import { refuse } from '../../alarm/authorize.ts';
import { settleUrge } from '../../bureau/keep-orders.ts';
import { sight } from '../../site/rights.ts';
import type { Act } from '../act.ts';

export const answerOrder: Act<'answer-order'> = {
  words: { zh: '答复督办', en: 'Answer an urge of the district with a sentence' },
  rule: (draft, by, command) => {
    const order = draft.state.orders.get(command.order);
    const text = command.text.trim();
    if (order?.ask !== 'urge' || (order.covert && sight(by.role) !== 'full'))
      return refuse(draft, by, command, 'unknown-order');
    const { over, covert } = order;
    if (over?.by === by.name && over.text === text) return;
    if (over) return refuse(draft, by, command, 'order-over', over);
    if (!text) return refuse(draft, by, command, 'text-missing');
    draft.add({
      ...{ kind: 'district-answered', order: order.id, how: 'answered', by: by.name, text },
      ...(covert && { covert }),
    });
    settleUrge(draft, order.id);
  },
};
