/**
 * How far the district is: when it last answered, which records it has, and how old its newest signature under a checkpoint is. What is amiss there
 * stands among the troubles. It shows; it changes nothing.
 */
import { cosignedAgo, districtHas, uplinkPage } from '../../../words/district/uplink-page-words.ts';
import { span, stamp } from '../../page/format.ts';
import { say } from '../../page/language.ts';
import { offset } from '../../page/views.ts';

/** Checkpoints are made each hour; a signature older than this is one that is missing. Ours. */
const COSIGNED_OLD_MS = 3 * 3_600_000;

/** As the gateway tells it; absent where the school has joined none. */
export interface DistrictWay {
  readonly district?:
    | {
        readonly have?: number;
        readonly behind?: number;
        readonly cosigned?: { readonly size: number; readonly at: number };
        readonly name?: string;
        readonly heardAt?: number;
      }
    | undefined;
}

/** `at`: the school's time. */
export function DistrictPanel({ district, at }: DistrictWay & { at: number }) {
  if (!district) return null;
  const { have, behind = 0, cosigned, name, heardAt } = district;
  const ago = cosigned && Math.max(0, at - cosigned.at);
  return (
    <div class="box" data-district>
      <h2>
        {say(uplinkPage.title)}
        {name !== undefined && ` · ${name}`}
      </h2>
      <table class="plain">
        <tbody>
          <tr>
            <th>{say(uplinkPage.heard)}</th>
            <td>{heardAt === undefined ? say(uplinkPage.never) : stamp(heardAt, offset.value)}</td>
          </tr>
          {have !== undefined && (
            <tr>
              <th>{say(uplinkPage.have)}</th>
              <td>{say(districtHas(have, behind))}</td>
            </tr>
          )}
          <tr>
            <th>{say(uplinkPage.cosigned)}</th>
            <td>
              {cosigned && ago !== undefined ? (
                <span class={ago > COSIGNED_OLD_MS ? 'flag' : undefined}>
                  {say(cosignedAgo(cosigned.size, span(ago)))}
                </span>
              ) : (
                say(uplinkPage.notCosigned)
              )}
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
