/** An order of the district in a few words: what it asks and what it is about. */
import type { DistrictOrder } from '../../core/types.ts';
import { aboutAlarm, aboutRectification } from '../../words/bureau/order-desk-words.ts';
import { orderAsks, orderedReports } from '../../words/bureau/order-words.ts';
import { say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';

/** What it is about, in a few words; empty where it says none. */
export function orderAbout({ about, device, report }: DistrictOrder): string {
  const camera = device === undefined ? undefined : site.value?.devices[device]?.title;
  return [
    about?.alarm !== undefined && say(aboutAlarm(about.alarm)),
    about?.rectification !== undefined && say(aboutRectification(about.rectification)),
    camera ? say(camera) : device,
    report && `${say(orderedReports[report.of])} ${report.first} – ${report.last}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

export const orderTitle = ({ ask }: DistrictOrder): string => say(orderAsks[ask]);
