/**
 * What the patrol report says beside its counts: how a touch came where no reader told of it at once, and how the items of checkpoints were
 * answered. Values and words, never a text that is put together.
 */
import { auditAlarm, auditLeftOver, auditUploaded, auditHeads as h } from '../../words/screens/audit-words.ts';
import { touchSources } from '../../words/trade-words.ts';
import type { Words } from '../types.ts';
import type { AuditItems, AuditRow } from './audit-types.ts';

/** How the touch of a row came, where there is none which alarm said so, and whether the row is all that is left of a cut day. */
export const remarksOf = ({
  uploaded,
  source,
  alarm,
  picture,
  leftOver,
}: Pick<AuditRow, 'uploaded' | 'source' | 'alarm' | 'picture' | 'leftOver'>): Words[] => [
  ...(source ? [touchSources[source]] : []),
  ...(uploaded ? [auditUploaded] : []),
  ...(alarm === undefined ? [] : [auditAlarm(alarm, picture !== undefined)]),
  ...(leftOver ? [auditLeftOver] : []),
];

/** The figures of items; none where nothing was due. */
export const itemFigures = (items: AuditItems | undefined): [Words, number][] =>
  items
    ? [
        [h.itemsDue, items.due],
        [h.itemsAnswered, items.answered],
        [h.itemsWrong, items.wrong],
      ]
    : [];
