/**
 * Of a point that nobody reached: the still that was kept of that moment, for whoever may see it, and the way to the alarm that said so. It must
 * never show a picture of another time.
 */
import { pageTable } from '../../../core/site/pages.ts';
import { mayAsk } from '../../../core/site/rights.ts';
import { to } from '../../page/gateway-api.ts';
import { t } from '../../page/language.ts';
import { you } from '../../page/page-feed.ts';
import { evidencePath } from '../../text/alarm-camera.ts';
import { ShotTile } from '../shots.tsx';

/** `alarm`: its number; `picture`: the name of the still, where one was kept. */
export function MissedStill({ alarm, picture }: { readonly alarm: number; readonly picture: string | undefined }) {
  const role = you.value?.role;
  if (!role) return null;
  return (
    <>
      {picture !== undefined && mayAsk(role, 'evidence') && (
        <div class="pics">
          <ShotTile path={evidencePath(picture)} once label={t('missedStill')} />
        </div>
      )}
      {mayAsk(role, pageTable.history.ask) && (
        <a class="btn" href={to(`${pageTable.history.path}/${alarm}`)}>
          {t('seeAlarm', { n: alarm })}
        </a>
      )}
    </>
  );
}
