/**
 * A paper of the bureau as the file that was asked for. That it is taken stands in the trail before it is given; it must never be given otherwise.
 */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { makePaper } from '../../paper/make-paper.ts';
import { paperCsv } from '../../paper/paper-csv.ts';
import { paperHtml, paperPolicy } from '../../paper/paper-html.ts';
import { paperXlsx } from '../../paper/paper-xlsx.ts';
import type { TablePaper } from '../../paper/table-paper.ts';
import { officerOf } from '../access/district-door.ts';
import type { DistrictContext } from '../service/district-context.ts';
import type { ListPaperHead } from './list-papers.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The newest link of the trail, which stands on every paper. */
export async function trailHead({ db }: DistrictContext): Promise<string> {
  const [last] = await db.query<{ n: number; link: string }>('SELECT n, link FROM trail ORDER BY n DESC LIMIT 1');
  return last ? `#${last.n} ${last.link}` : '';
}

/** Notes in the trail that it is taken, and gives the file. */
export async function give(
  { access, world }: DistrictContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { name, file, paper }: { readonly name: string; readonly file: string; readonly paper: TablePaper },
) {
  const ending = file.split('.')[1] ?? '';
  await access.trail.append({
    officer: officerOf(request).name,
    kind: 'exported',
    body: { report: name, ending, span: paper.span },
  });
  reply.header('content-disposition', `${ending === 'html' ? 'inline' : 'attachment'}; filename="${name}.${ending}"`);
  reply.header('cache-control', 'no-store, private');
  if (ending === 'csv')
    return reply.type('text/csv; charset=utf-8').send(Readable.from(paperCsv(paper), { objectMode: false }));
  if (ending === 'xlsx') return reply.type(XLSX).send(Buffer.from(await paperXlsx(paper)));
  if (ending === 'pdf') {
    const pdf = await makePaper({ paper }, (error) => world.log.error('a report could not be made', { error }));
    return reply.type('application/pdf').send(Buffer.from(pdf));
  }
  return reply.type('text/html; charset=utf-8').header('content-security-policy', paperPolicy()).send(paperHtml(paper));
}

/** The local day of a time, `2026-11-30`. */
export const dayText = (at: number, utcOffsetMin: number): string =>
  new Date(at + utcOffsetMin * 60_000).toISOString().slice(0, 10);

/** What stands around the tables of a list. */
export async function headOf(
  context: DistrictContext,
  lang: 'zh' | 'en',
  span: string,
  cut: boolean,
): Promise<ListPaperHead> {
  const { config } = context;
  return {
    district: config.district.name,
    lang,
    span,
    utcOffsetMin: config.utcOffsetMin,
    head: await trailHead(context),
    cut,
  };
}
