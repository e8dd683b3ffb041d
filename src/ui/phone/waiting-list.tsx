/**
 * What this person has said on this phone and the gateway has not taken: what waits for the network, and what was refused and why. It sends
 * as soon as the gateway can be heard, and shows nothing that was sent. Of a silent call it must never say what it is.
 */
import { useEffect } from 'preact/hooks';
import { pointWords } from '../../words/screens/point-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { stamp } from '../page/format.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';
import { dismiss, nameOf, sendWaiting, waiting, whoHolds } from './phone-outbox.ts';
import './phone.css';

const AGAIN_MS = 10_000;

/** Sends what waits as soon as the gateway is heard, and again, and calls for help also while it is not; `sent` hears that something got through. */
export function useSending(sent: () => void): void {
  const there = !stale.value && you.value !== undefined;
  useEffect(() => {
    const send = () => void sendWaiting().then((some) => some && sent());
    send();
    const timer = setInterval(send, AGAIN_MS);
    return () => clearInterval(timer);
  }, [there]);
}

export function WaitingList() {
  const who = you.value?.name ?? whoHolds();
  const own = waiting.value.filter((one) => one.who === who);
  if (own.length === 0) return null;
  return (
    <section class="pointwaits">
      <ul class="list">
        {own.map((one) => (
          <li key={one.key}>
            {stamp(one.at, offset.value)} <b>{say(nameOf(one))}</b> {one.about && `${say(one.about)} · `}
            {say(one.refused === undefined ? pointWords.waiting : pointWords.notTaken)}
            {one.refused !== undefined && (
              <>
                <Failure why={one.refused} />
                <button type="button" class="btn" onClick={() => void dismiss(one)}>
                  {say(pointWords.dismiss)}
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
