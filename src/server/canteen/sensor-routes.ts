/**
 * How sensors stand and what was stored of them, for the control room and, of those in it, for whoever answers for the canteen. A curve keeps every peak:
 * it is drawn into columns of least and greatest value, and nothing in it is an average.
 */
import { z } from 'zod';
import { Pen } from '../../core/fence/curve.ts';
import { isSensor, sensorsNow } from '../../core/sensor/sensor-view.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { problems } from '../http/problem.ts';
import { maySeeSensor } from './canteen-sight.ts';

const [hourMs, dayMs] = [3_600_000, 86_400_000];
const columns = 480;
/** More than a gauge that is asked every ten seconds moves in a day. */
const samplesADay = 10_000;
const CURVES_A_MINUTE = 60;

export function sensorRoutes(app: App, gateway: GatewayPort): void {
  app.get(
    '/api/sensors',
    {
      config: { ask: 'canteen' },
      schema: { summary: 'Every gauge of a room or a machine: value, limits, excursion, fault' },
    },
    async (request) => {
      const [site, live, at] = [gateway.site(), gateway.live(), gateway.now()];
      const { user } = sessionOf(request);
      const all = await gateway.read((state) => sensorsNow(site, state, live, at));
      const sensors = all.filter(({ device }) => maySeeSensor(site, user, device));
      return { at, utcOffsetMin: site.utcOffsetMin, sensors };
    },
  );
  app.get(
    '/api/sensors/:device/:point',
    {
      config: { ask: 'canteen', rateLimit: { max: CURVES_A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary:
          'What was stored of a gauge, as columns that keep every peak, and its excursions that ended in that time',
        params: z.strictObject({ device: z.string().regex(/^[\w-]{1,64}$/), point: z.string().regex(/^[\w-]{1,64}$/) }),
        querystring: z.strictObject({ hours: z.enum(['1', '24', '168']).default('24') }),
      },
    },
    async (request) => {
      const { params, query } = request;
      const { device, point } = params;
      const site = gateway.site();
      const known = isSensor(site, device, point) && maySeeSensor(site, sessionOf(request).user, device);
      if (!known) throw problems.unknown();
      const to = gateway.now();
      const from = to - Number(query.hours) * hourMs;
      const pen = new Pen({ from, to, columns });
      for (let begins = from; begins < to; begins += dayMs) {
        const ends = Math.min(to, begins + dayMs) - 1;
        const stored = await gateway.samples({ device, point, from: begins, to: ends, limit: samplesADay });
        for (const { at, value } of stored) if (typeof value === 'number') pen.add(at, value);
      }
      const ended = await gateway.records({ table: 'events', kind: 'excursion-ended', device, from, to, limit: 200 });
      return { from, to, columns: pen.columns(), ended: ended.filter((one) => one.point === point) };
    },
  );
}
