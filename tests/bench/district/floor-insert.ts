/**
 * The floor under a district: a server of Node's own that puts the lines of each batch into one bare table of the same PostgreSQL, in one transaction,
 * and answers how far it is. It checks, folds, shows and proves nothing; whatever the district takes beyond it is what those cost.
 */
import { createServer } from 'node:http';
import postgres from 'postgres';
import { play } from '../peer.ts';

await play(async ({ url }: { url: string }) => {
  const sql = postgres(url, { max: 10, onnotice: () => undefined });
  await sql`CREATE TABLE bare (school text, seq bigint, line text, PRIMARY KEY (school, seq))`;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => void parts.push(part));
    request.on('end', async () => {
      try {
        if (request.url === '/site') return void response.end('{}');
        const { school, from, lines } = JSON.parse(Buffer.concat(parts).toString()) as {
          school: string;
          from: number;
          lines: { l?: string; h?: string }[];
        };
        const rows = lines.map(({ l, h }, i) => ({ seq: from + i, line: l ?? h }));
        await sql`INSERT INTO bare SELECT ${school}, r.seq, r.line
                  FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS r(seq bigint, line text)`;
        response.end(JSON.stringify({ have: from + lines.length - 1 }));
      } catch (error) {
        response.statusCode = 500;
        response.end(String(error));
      }
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { said: { url: `http://127.0.0.1:${port}` }, acts: {} };
});
