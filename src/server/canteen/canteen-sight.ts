/**
 * What belongs to the canteen, for people who see nothing else: its cameras, the alarms of its devices, and the pictures of what has to be
 * put right there. It must never let through what it cannot place.
 */
import { concernsCanteen } from '../../core/rectify/countersign.ts';
import { canteenAreaOf } from '../../core/rectify/propose.ts';
import { lookup } from '../../core/site/lookup.ts';
import type { Alarm, Durable, Rectification, Site, State, Time, User } from '../../core/types.ts';
import { isStandingKnown } from '../../core/view/view-standing.ts';
import type { GatewayPort } from '../gateway-port.ts';

/** Whether a device looks at the canteen, or measures in it. */
export const isOfCanteen = (site: Site, device: string): boolean => canteenAreaOf(site, device) !== undefined;

/** Whether a person is told of a sensor: who answers for the canteen alone, of those in it. */
export const maySeeSensor = (site: Site, { role }: Pick<User, 'role'>, device: string): boolean =>
  role !== 'canteen' || isOfCanteen(site, device);

/** Whether an alarm is one of the canteen: of a device of its own, or of its hygiene. */
export const isCanteenAlarm = (site: Site, { device, kind }: { readonly device: string; readonly kind: string }) =>
  isOfCanteen(site, device) || kind === 'hygiene';

/** Whether a photograph is one of what this person sees of the ledger, or of the check lists, that State knows. */
function isKept(site: Site, state: Durable<State>, name: string, user: User): boolean {
  for (const one of state.rectifications.values()) {
    if (user.role === 'canteen' && !concernsCanteen(site, one as Rectification, user)) continue;
    if (one.picture === name || one.answers.some((answer) => answer.picture === name)) return true;
  }
  for (const { answers } of state.listDays.values()) if (answers.some(({ picture }) => picture === name)) return true;
  return false;
}

/** Whether a picture that was kept is one of the canteen: of its ledger, its lists, or an alarm of its devices. */
export async function isCanteenPicture(gateway: GatewayPort, name: string, user: User): Promise<boolean> {
  if (await gateway.read((state) => isKept(gateway.site(), state, name, user))) return true;
  // The name of a still says which alarm it is of.
  const [, alarm] = /^\d{1,16}-(\d{1,15})\.jpe?g$/.exec(name) ?? [];
  if (alarm === undefined) return false;
  const [raised] = await gateway.pick({ after: Number(alarm) - 1, upTo: Number(alarm), kinds: ['raised'] });
  return raised?.kind === 'raised' && !raised.covert && isOfCanteen(gateway.site(), raised.device);
}

/** An alarm of today, as the page shows it. */
export type CanteenAlarm = Readonly<
  Pick<Record<string, unknown>, string> & { id: number; device: string; kind: string; raisedAt: Time }
>;

const alarmFields = ['id', 'kind', 'priority', 'device', 'raisedAt', 'lastAt', 'count', 'why', 'value', 'returnedAt'];
const handledFields = ['ackedAt', 'closedAt', 'reason', 'picture'];
const alarmsMax = 1_000;

/** The alarms of the canteen since `from`, newest first; nobody is named, and no silent call for help is among them. */
export async function canteenAlarms(gateway: GatewayPort, from: Time): Promise<readonly CanteenAlarm[]> {
  const site = gateway.site();
  const rows = await gateway.records({ table: 'alarms', from, covert: false, limit: alarmsMax });
  const doubtful = await gateway.read((state) => {
    const all = [...state.alarms.values()] as readonly Alarm[];
    return new Set(all.filter((alarm) => !isStandingKnown(site, state, alarm)).map(({ id }) => id));
  });
  return rows
    .filter((row) => isCanteenAlarm(site, { device: String(row.device), kind: String(row.kind) }))
    .map((row) => {
      const shown = [...alarmFields, ...handledFields].flatMap((name) =>
        row[name] === null || row[name] === undefined ? [] : [[name, row[name]] as const],
      );
      const title = lookup(site.devices, String(row.device))?.title;
      const known = doubtful.has(Number(row.id)) ? { known: false } : {};
      return { ...Object.fromEntries(shown), ...(title && { title }), ...known } as CanteenAlarm;
    });
}
