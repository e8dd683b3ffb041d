/**
 * What the gateway sees in cameras' pictures: the last still and its age, the references it is held against, its figures, the signs that hold, and the
 * way to have it learned anew. It judges nothing: what it shows is the gateway's.
 */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import type { CameraState, Device, PictureFigures, PictureHours, PictureSign, Time } from '../../core/types.ts';
import { learnReasons, pictureHours, pictureSigns, seenReasons } from '../../words/camera/picture-names.ts';
import { cameraPage, figureNames } from '../../words/screens/camera-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { dayTime, span } from '../page/format.ts';
import { type CommandWithCode, command, picture, read, sentence } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { everyTurn, now, stale } from '../page/page-clock.ts';
import { select, site, you } from '../page/page-feed.ts';
import { Desk, Show, useAct, useLoaded } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { drawStill } from '../page/picture/still-canvas.ts';
import { offset } from '../page/views.ts';
import { needsPin, PinField } from '../text/pin-field.tsx';
import { SetupTabs } from './setup-tabs.tsx';

const againMs = 30_000;
const columns = 40;
const rows = 22;
const hoursAll: readonly PictureHours[] = ['day', 'night', 'infrared'];

/** What the gateway says of a camera beside State. */
interface CameraCardData {
  readonly camera: string;
  readonly noStills?: true;
  readonly last?: { readonly at: Time; readonly hours: PictureHours; readonly figures: PictureFigures };
  readonly learning?: { readonly hours: PictureHours; readonly stills: number; readonly of: number };
  readonly references: Readonly<Partial<Record<PictureHours, string>>>;
}

/** A sentence with what stands in its places. */
function put(
  words: { readonly zh: string; readonly en: string },
  values: Readonly<Record<string, string | number>>,
): string {
  return say(words).replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));
}

/** A grey thumbnail out of one number a cell. */
function Thumbnail({ light }: { light: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const bytes = atob(light);
    const image = context.createImageData(columns, rows);
    for (let cell = 0; cell < columns * rows; cell++) {
      const grey = bytes.charCodeAt(cell);
      image.data.set([grey, grey, grey, 255], 4 * cell);
    }
    context.putImageData(image, 0, 0);
  }, [light]);
  return <canvas ref={canvas} width={columns} height={rows} />;
}

/** The last still, asked for anew every half minute, and how old it is. */
function Still({ camera }: { camera: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [shown, set] = useState<{ readonly taken?: number; readonly why?: string }>({});
  useEffect(() => {
    let [asked, gone] = [Number.NEGATIVE_INFINITY, false];
    const show = async () => {
      try {
        const { jpeg, taken = now.peek() } = await picture(`/api/cameras/${encodeURIComponent(camera)}/picture`);
        if (await drawStill(jpeg, () => (gone ? undefined : (canvas.current ?? undefined)))) set({ taken });
      } catch (failure) {
        if (!gone) set({ why: sentence(failure) });
      }
    };
    const ask = () => {
      if (stale.peek() || performance.now() - asked < againMs) return;
      asked = performance.now();
      void show();
    };
    set({});
    ask();
    const end = everyTurn(ask);
    return () => {
      gone = true;
      end();
    };
  }, [camera]);
  return (
    <figure>
      <div class="still">
        <canvas ref={canvas} role="img" aria-label={say(cameraPage.lastStill)} hidden={shown.taken === undefined} />
      </div>
      <figcaption class="small">
        {shown.why !== undefined && put(cameraPage.noStill, { why: shown.why })}
        {shown.taken !== undefined &&
          `${say(cameraPage.lastStill)} ${put(cameraPage.taken, { span: span(now.value - shown.taken) })}`}
      </figcaption>
    </figure>
  );
}

function Learned({ looked, state }: { looked: CameraCardData; state: CameraState | undefined }) {
  return (
    <div>
      <h3>{say(cameraPage.references)}</h3>
      {hoursAll.map((hours) => {
        const light = looked.references[hours];
        const known = state?.learned[hours];
        const learning = looked.learning?.hours === hours ? looked.learning : undefined;
        return (
          <div class="learned" key={hours}>
            {light ? <Thumbnail light={light} /> : <canvas width={columns} height={rows} />}
            <span>
              <b>{say(pictureHours[hours])}</b>
              <br />
              <span class="small">
                {learning
                  ? put(cameraPage.learning, { stills: learning.stills, of: learning.of })
                  : known
                    ? `${put(cameraPage.learnedAt, { time: dayTime(known.at, offset.value) })} · ${say(
                        known.why === 'asked' ? learnReasons.asked : cameraPage.unconfirmed,
                      )}`
                    : say(cameraPage.notLearned)}
              </span>
            </span>
          </div>
        );
      })}
    </div>
  );
}

function Relearn({ camera }: { camera: string }) {
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState('');
  const { busy, failure, act } = useAct();
  if (!you.value || !may(you.value.role, 'dismiss-picture')) return null;
  const learn = () => {
    const wish: CommandWithCode = { do: 'dismiss-picture', camera, reason: reason.trim() };
    setPin('');
    void act(() => command(needsPin.value ? { ...wish, pin } : wish)).then((ok) => ok && setReason(''));
  };
  return (
    <details>
      <summary>{say(cameraPage.relearn)}</summary>
      <p class="note">{say(cameraPage.relearnWhy)}</p>
      <p class="field">
        <label class="long">
          {say(cameraPage.reason)}{' '}
          <input maxLength={200} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />
        </label>
        <PinField value={pin} set={setPin} />
        <button type="button" class="btn" disabled={busy || stale.value || reason.trim() === ''} onClick={learn}>
          {say(cameraPage.relearn)}
        </button>
      </p>
      <Failure why={failure} />
    </details>
  );
}

function Card({ device, looked }: { device: Device; looked: CameraCardData }) {
  const state = useMemo(() => select((known) => known.cameras.get(device.id), undefined), [device.id]).value;
  const seen = state?.seen;
  const signs = Object.entries(state?.signs ?? {}) as [PictureSign, { readonly since: Time }][];
  return (
    <section class="box camera-card">
      <h2>
        {say(device.title)}{' '}
        <span class={!looked.noStills && seen && !seen.seen ? 'flag' : 'small'}>
          {looked.noStills
            ? say(cameraPage.noStills)
            : seen
              ? `${say(seen.seen ? cameraPage.seen : cameraPage.unseen)} · ${say(seenReasons[seen.why])}`
              : say(cameraPage.notYet)}
        </span>
      </h2>
      {signs.map(([sign, { since }]) => (
        <p key={sign}>
          <b>{say(pictureSigns[sign])}</b> {put(cameraPage.since, { time: dayTime(since, offset.value) })}
        </p>
      ))}
      {!looked.noStills && (
        <div class="views">
          <Still camera={device.id} />
          <Learned looked={looked} state={state} />
        </div>
      )}
      {looked.last && (
        <p class="by-figures small">
          <b>{`${say(cameraPage.figures)} · ${say(pictureHours[looked.last.hours])}`}</b>
          {Object.entries(looked.last.figures).map(([name, value]) => {
            const title = figureNames[name];
            return title ? <span key={name}>{`${say(title)} ${value}`}</span> : null;
          })}
        </p>
      )}
      {!looked.noStills && <Relearn camera={device.id} />}
    </section>
  );
}

export function CamerasPage() {
  useEffect(() => reportAs('setup'), []);
  const [loaded, again] = useLoaded(
    () => read<{ readonly cameras: readonly CameraCardData[] }>('/api/cameras/looks'),
    '',
  );
  useEffect(() => {
    let at = performance.now();
    return everyTurn(() => {
      if (stale.peek() || performance.now() - at < againMs) return;
      at = performance.now();
      again();
    });
  }, [again]);
  return (
    <Desk>
      <div class="stack">
        <SetupTabs />
        <Show loaded={loaded} again={again}>
          {({ cameras }) => {
            const cards = cameras.flatMap((looked) => {
              const device = site.value?.devices[looked.camera];
              return device ? [<Card key={looked.camera} device={device} looked={looked} />] : [];
            });
            return cards.length > 0 ? (
              <>
                <p class="note">{say(cameraPage.intro)}</p>
                <div class="camera-cards">{cards}</div>
              </>
            ) : (
              <p class="note">{say(cameraPage.none)}</p>
            );
          }}
        </Show>
      </div>
    </Desk>
  );
}
