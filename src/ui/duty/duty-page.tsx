/**
 * The duty roster: who is on duty now by his own word, what is amiss in the days ahead, the next fourteen days, and what people changed
 * of them. It sounds like the desk does: whoever hands over must hear that it would.
 */
import { useEffect } from 'preact/hooks';
import { dutyPage } from '../../words/duty/duty-page-words.ts';
import { say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { Desk } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { speakUp } from '../page/speaker.ts';
import { learnPin } from '../text/pin-field.tsx';
import { CalendarsBox } from './duty-calendars.tsx';
import { AmissBox, ChangesBox, HandoversBox } from './duty-changes.tsx';
import { NowBox } from './duty-now.tsx';
import { WeekBox } from './duty-week.tsx';
import './duty.css';

export function DutyPage() {
  useEffect(() => {
    speakUp();
    reportAs('duty');
    void learnPin();
  }, []);
  if (site.value && !site.value.roster) {
    return (
      <Desk>
        <p class="note">{say(dutyPage.noRoster)}</p>
      </Desk>
    );
  }
  return (
    <Desk>
      <div class="stack dutypage">
        <AmissBox />
        <div class="dutycols">
          <div class="dutyside">
            <NowBox />
            <ChangesBox />
            <HandoversBox />
            <CalendarsBox />
          </div>
          <WeekBox />
        </div>
      </div>
    </Desk>
  );
}
