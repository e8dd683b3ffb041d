/**
 * Orders for the bureau's pages: the list, giving one, and the file it brought. Every address is bounded by the officer's streets, and each order
 * given and each file looked at is a line of the trail, written with it or not at all.
 */
import { z } from 'zod';
import type { Words } from '../../core/types.ts';
import type { App } from '../../server/http/http-app.ts';
import { Problem, problems } from '../../server/http/problem.ts';
import { needs, officerOf } from '../access/district-door.ts';
import type { Officer } from '../access/officers.ts';
import { inSight, seeSchool, sightOf } from '../access/street-sight.ts';
import { mayDistrict } from '../board/district-rights.ts';
import { orderBounds } from '../board/order-board.ts';
import type { Database } from '../database/database.ts';
import { persisting } from '../database/open-database.ts';
import type { DistrictContext } from '../service/district-context.ts';
import { issueOrder, OrderUnfit } from './issue-order.ts';
import { readFileOf } from './order-files.ts';
import { findOrder, listOrders, type OrderSight } from './order-rows.ts';

const SCHOOL = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);
const NUMBER = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const TIME = z.number().int().min(0).max(4e12);
const FORM = z.strictObject({
  school: SCHOOL,
  kind: z.enum(['urge', 'comment', 'report', 'still']),
  text: z.string().max(2_000).optional(),
  until: TIME.optional(),
  alarm: NUMBER.optional(),
  rectification: NUMBER.optional(),
  device: z.string().max(100).optional(),
  report: z.enum(['patrol', 'canteen', 'alarms']).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
const LIST = z.strictObject({
  school: SCHOOL.optional(),
  open: z.enum(['yes', 'no']).default('no'),
  kind: z.enum(['urge', 'comment', 'report', 'still']).optional(),
  alarm: z.coerce.number().int().positive().optional(),
  before: z.string().max(60).optional(),
});
const ONE = z.strictObject({ id: z.uuid() });

const sees = (officer: Officer): OrderSight => ({
  streets: sightOf(officer),
  mayCovert: mayDistrict(officer.role, 'covert'),
});

/** What orders need of the district. */
export type OrderParts = Pick<DistrictContext, 'db' | 'world' | 'signer' | 'config' | 'fanout'> & {
  readonly access: Pick<DistrictContext['access'], 'trail'>;
};

/** Hangs the addresses in. */
export function orderRoutes(app: App, context: OrderParts): void {
  const { db } = context;
  app.get(
    '/api/orders',
    { config: needs('orders'), schema: { summary: 'What was asked of schools, the newest first', querystring: LIST } },
    async (request) => {
      const { open, ...asked } = request.query;
      return await listOrders(db, { ...sees(officerOf(request)), ...asked, open: open === 'yes' });
    },
  );
  app.get(
    '/api/orders/:id',
    { config: needs('orders'), schema: { summary: 'One order, and what came of it', params: ONE } },
    async (request) => {
      const found = await findOrder(db, request.params.id, sees(officerOf(request)));
      if (!found) throw problems.unknown();
      return found;
    },
  );
  app.get(
    '/api/orders/schools',
    { config: needs('orders'), schema: { summary: 'Schools this officer may know of, with their cameras' } },
    async (request) => await schoolsOf(db, officerOf(request)),
  );
  givingRoute(app, context);
  fileRoute(app, context);
}

function givingRoute(app: App, { db, world, signer, config, fanout, access: { trail } }: OrderParts): void {
  app.post(
    '/api/orders',
    {
      config: { ...needs('order'), rateLimit: { max: orderBounds.aMinute, timeWindow: 60_000 } },
      schema: { summary: 'Asks something of a school: it is signed, and the school answers', body: FORM },
    },
    async (request, reply) => {
      const session = officerOf(request);
      const form = request.body;
      const parts = { signer, now: world.now(), utcOffsetMin: config.utcOffsetMin };
      try {
        const entry = await persisting(db, async (sql) => {
          await seeSchool(sql, session, form.school);
          const order = await issueOrder(sql, form, { ...session, mayCovert: sees(session).mayCovert }, parts);
          const { id, school, kind } = order;
          const found = await findOrder(sql, id, sees(session));
          await trail.appendIn(sql, { officer: session.name, kind: 'ordered', school, body: { order: id, kind } });
          return found;
        });
        fanout.tell({ kind: 'order', school: form.school });
        return reply.code(201).send(entry);
      } catch (error) {
        if (error instanceof OrderUnfit) throw new Problem(STATUS[error.fault] ?? 422, error.fault, error.why);
        throw error;
      }
    },
  );
}

const STATUS: Readonly<Record<string, number>> = { 'unknown-school': 404, 'unknown-alarm': 404, enough: 429 };

interface AskedSchool {
  readonly school: string;
  readonly name: Words;
  readonly cameras: readonly { readonly id: string; readonly title: Words }[];
}

async function schoolsOf(db: Database, officer: Officer): Promise<{ readonly schools: readonly AskedSchool[] }> {
  const rows = await db.query<{ school: string; zh: string; en: string; cameras: AskedSchool['cameras'] | null }>(
    `SELECT s.school, s.name_zh AS zh, s.name_en AS en, (
       SELECT jsonb_agg(jsonb_build_object('id', d.key, 'title', d.value -> 'title') ORDER BY d.key)
       FROM jsonb_each(t.body -> 'devices') AS d(key, value) WHERE d.value ->> 'family' = 'camera') AS cameras
     FROM school s LEFT JOIN site t ON t.school = s.school
     WHERE s.left_at IS NULL AND ${inSight(1, 's.school')} ORDER BY s.name_zh, s.school`,
    [sightOf(officer)],
  );
  return { schools: rows.map(({ school, zh, en, cameras }) => ({ school, name: { zh, en }, cameras: cameras ?? [] })) };
}

function fileRoute(app: App, { db, access: { trail } }: OrderParts): void {
  app.get(
    '/api/orders/:id/file',
    { config: needs('orders'), schema: { summary: 'The picture or report an order brought', params: ONE } },
    async (request, reply) => {
      const session = officerOf(request);
      const { id } = request.params;
      const found = await findOrder(db, id, sees(session));
      if (!found?.file) throw problems.unknown();
      const { school, device, file } = found;
      const kind = found.kind === 'still' ? 'picture-viewed' : 'exported';
      const body = { order: id, sha256: file.sha256, ...(device !== undefined && { device }) };
      const bytes = await persisting(db, async (sql) => {
        const read = await readFileOf(sql, school, id);
        await trail.appendIn(sql, { officer: session.name, kind, school, body });
        return read;
      });
      if (!bytes) throw problems.unknown();
      const how = file.type === 'image/jpeg' ? 'inline' : 'attachment';
      reply.type(file.type).header('content-disposition', `${how}; filename="${file.name}"`);
      reply
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "sandbox; default-src 'none'");
      return reply.header('cache-control', 'no-store, private').send(Buffer.from(bytes));
    },
  );
}
