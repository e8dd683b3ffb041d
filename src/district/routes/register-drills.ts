/** Drills for the bureau's page: how each school stands, and the same as a file. Each file that is taken is a line of the trail. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { paperCsv } from '../../paper/paper-csv.ts';
import { paperXlsx } from '../../paper/paper-xlsx.ts';
import type { App } from '../../server/http/http-app.ts';
import { needs, officerOf } from '../access/district-door.ts';
import type { Officer } from '../access/officers.ts';
import { drillCounts } from '../report/drill-counts.ts';
import { drillCountPaper } from '../report/drill-paper.ts';
import type { DistrictContext } from '../service/district-context.ts';

const A_MINUTE = 60;
const FILE = z.strictObject({ file: z.enum(['report.csv', 'report.xlsx']) });
const LANG = z.strictObject({ lang: z.enum(['zh', 'en']).default('zh') });
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type DrillGround = Pick<DistrictContext, 'access' | 'config' | 'db' | 'world'>;

export function registerDrills(app: App, { access, config, db, world }: DrillGround): void {
  const { utcOffsetMin, district } = config;
  const counts = ({ streets }: Pick<Officer, 'streets'>) =>
    drillCounts(db, { streets, now: world.now(), utcOffsetMin });
  app.get(
    '/api/drills',
    {
      config: { ...needs('figures'), rateLimit: { max: A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary:
          'Which schools have held a drill in their month or quarter, which are due or overdue, and what was held',
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (request) => ({ ...(await counts(officerOf(request))) }),
  );
  app.get(
    '/api/drills/:file',
    {
      config: { ...needs('figures'), rateLimit: { max: A_MINUTE, timeWindow: 60_000 } },
      schema: { summary: 'The same as a table: report.csv or report.xlsx', params: FILE, querystring: LANG },
    },
    async (request, reply) => {
      const officer = officerOf(request);
      const { file } = request.params;
      const paper = drillCountPaper(await counts(officer), district.name, request.query.lang, utcOffsetMin);
      await access.trail.append({ officer: officer.name, kind: 'exported', body: { what: `drills ${file}` } });
      reply.header('content-disposition', `attachment; filename="drills.${file.split('.')[1]}"`);
      reply.header('cache-control', 'no-store, private');
      if (file === 'report.xlsx') return reply.type(XLSX).send(Buffer.from(await paperXlsx(paper)));
      return reply.type('text/csv; charset=utf-8').send(Readable.from(paperCsv(paper), { objectMode: false }));
    },
  );
}
