/**
 * Messages again for somebody who had answered that he wants no more: the desk puts him back once he has said so, and writes down how. It
 * never does so by itself, and never without a word: who was unsubscribed by a forged answer has to be asked, too.
 */
import { refuse } from '../../alarm/authorize.ts';
import { lookup } from '../../site/lookup.ts';
import { isOff } from '../../tell/reply-book.ts';
import type { Act } from '../act.ts';

export const resubscribe: Act<'resubscribe'> = {
  words: { zh: '恢复接收通知', en: 'Send messages again' },
  rule(draft, by, command) {
    const { site, state } = draft;
    const { channel, person, consent } = command;
    if (!lookup(site.channels, channel)) return refuse(draft, by, command, 'unknown-channel');
    if (!lookup(site.people, person)) return refuse(draft, by, command, 'unknown-person');
    if (!isOff(state.replyBooks, channel, person)) return refuse(draft, by, command, 'not-unsubscribed');
    if (consent === '') return refuse(draft, by, command, 'reason-missing');
    draft.add({ kind: 'resubscribed', channel, person, by: by.name, consent });
  },
};
