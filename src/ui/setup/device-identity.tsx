/** Who a device says it is, and who stood in its place before. It shows what State knows; it must never judge it. */
import { useMemo } from 'preact/hooks';
import type { DeviceIdentity } from '../../core/types.ts';
import { identityFields, identitySince, identityWas } from '../../words/device/identity-words.ts';
import { stamp } from '../page/format.ts';
import { say } from '../page/language.ts';
import { select, site } from '../page/page-feed.ts';

const order = Object.keys(identityFields) as readonly (keyof DeviceIdentity)[];

function Fields({ of }: { of: DeviceIdentity }) {
  return order.flatMap((field) =>
    of[field] === undefined
      ? []
      : [
          <span key={field}>
            {` ${say(identityFields[field])} `}
            <b>{of[field]}</b>
          </span>,
        ],
  );
}

export function Identity({ device }: { device: string }) {
  const known = useMemo(() => select((state) => state.identities.get(device), undefined), [device]).value;
  if (!known) return null;
  return (
    <p class="note">
      <Fields of={known} />
      {` · ${say(identitySince(stamp(known.at, site.value?.utcOffsetMin ?? 480)))}`}
      {known.before && (
        <>
          {` · ${say(identityWas)}`}
          <Fields of={known.before} />
        </>
      )}
    </p>
  );
}
