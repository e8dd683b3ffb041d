/**
 * What a school promises its district whatever goes wrong between them: the lines that arrive are the journal's, each once and in order, and
 * nothing that has to stay goes out.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leavingKinds } from '../../src/core/retention/leaving-kinds.ts';
import type { Event } from '../../src/core/types.ts';
import { leafHash } from '../../src/proof/merkle-tree.ts';
import { until } from '../patience.ts';
import { DistrictPeer, districtPeer, type Fault } from './district-peer.ts';
import { climb, hastyWorld, heard, loggedIn, schoolSide } from './school-side.ts';

const faults: readonly Fault[] = [
  ...(['none', 'none', 'none', 'lost', 'unanswered', 'cut', 'html', 'html-ok', 'moved', 'huge', 'doubled'] as const),
  ...(['too-large', 'gateway', 'busy', 'store-away', 'disk-full', 'key-unknown', 'malformed', 'quarantined'] as const),
];
const fault = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...faults) },
  { weight: 1, arbitrary: fc.constant<Fault>('hangs') },
);
/** What happens between two of the school's moments. */
const deed = fc.oneof(
  fc.record({ does: fc.constant('keep' as const), count: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ does: fc.constant('keep' as const), count: fc.integer({ min: 1_900, max: 2_300 }) }),
  fc.record({ does: fc.constant('restart' as const), count: fc.constant(0) }),
  fc.record({ does: fc.constant('sign' as const), count: fc.constant(0) }),
  fc.record({ does: fc.constant('forget' as const), count: fc.nat({ max: 100 }) }),
  fc.record({ does: fc.constant('release' as const), count: fc.constant(0) }),
);

/** The n-th fact of a school where now and then somebody logs in or is alarmed. */
const factOf = (n: number) => (n % 7 === 3 ? loggedIn : n === 5 ? climb() : heard(n));

test('with any failures, what the district has in the end is the journal', async () => {
  const plan = fc.tuple(fc.array(fault, { maxLength: 25 }), fc.array(deed, { minLength: 1, maxLength: 8 }));
  await fc.assert(
    fc.asyncProperty(plan, async ([wrong, deeds]) => {
      const { peer, close } = await districtPeer(new DistrictPeer());
      const left = [...wrong];
      peer.fault = () => left.shift() ?? 'none';
      const school = await schoolSide({ world: hastyWorld() });
      const options = { url: peer.url, school: 'school-1', password: 'secret' };
      let { uplink, leave } = school.join(options);
      for (const { does, count } of deeds) {
        const first = school.state.seq;
        if (does === 'keep') await school.keep(...Array.from({ length: count }, (_, i) => factOf(first + i + 1)));
        else if (does === 'sign') await school.checkpoints.publish();
        else if (does === 'forget') peer.forget(Math.floor((peer.have * count) / 100));
        else if (does === 'release') peer.release();
        else {
          await leave();
          ({ uplink, leave } = school.join(options));
        }
      }
      // Whatever the district forgot at the very end it says at the next poll.
      await until('all has arrived', () => {
        peer.release();
        return peer.have === school.state.seq && uplink.status().have === school.state.seq;
      });
      const lines = await school.lines();
      const leaves: ReadonlySet<string> = new Set(leavingKinds([]));
      const expected = lines.map((l) =>
        leaves.has((JSON.parse(l) as Event).kind) ? { l } : { h: leafHash(l).toString('hex') },
      );
      expect(peer.lines).toEqual(expected);
      expect(peer.wrong).toEqual([]);
      const went = peer.asked.map(({ body }) => JSON.stringify(body)).join();
      expect(went).not.toContain('王芳');
      expect(went).not.toContain('10.0.0.7');
      await school.close();
      await close();
    }),
    { numRuns: 25 },
  );
});
