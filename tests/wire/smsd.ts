/**
 * The spool of smsd, whose part the test plays: it sends what was laid there when it is asked to, and lays there what comes.
 */
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from '../patience.ts';

/** The folders of smsd, and what it would do with them: the test sends and receives by hand. */
export async function smsd() {
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-spool-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const folder of ['outgoing', 'sent', 'failed', 'incoming']) await mkdir(join(root, folder));
  const texts: string[] = [];
  let n = 0;
  /** Sends whatever lies there; true once a text that fits has gone out. */
  const sends = (fits: RegExp) => () => {
    for (const name of readdirSync(join(root, 'outgoing')).filter((one) => !one.startsWith('.'))) {
      const file = readFileSync(join(root, 'outgoing', name));
      const cut = file.indexOf('\n\n');
      const head = file.toString('latin1', 0, cut);
      const text = /UCS2/.test(head)
        ? file
            .subarray(cut + 2)
            .swap16()
            .toString('utf16le')
        : file.toString('latin1', cut + 2);
      texts.push(`${/^To: (.*)$/m.exec(head)?.[1]} ${text}`);
      renameSync(join(root, 'outgoing', name), join(root, 'sent', name));
    }
    return texts.some((text) => fits.test(text));
  };
  return {
    root,
    texts,
    sent: (fits: RegExp) => until(`an SMS like ${fits} is sent`, sends(fits)),
    /** Takes one message to send it, and says nothing of it. */
    async takes() {
      await until('a message lies there', () =>
        readdirSync(join(root, 'outgoing')).some((one) => !one.startsWith('.')),
      );
      await mkdir(join(root, 'GSM1'));
      for (const name of readdirSync(join(root, 'outgoing')).filter((one) => !one.startsWith('.')))
        renameSync(join(root, 'outgoing', name), join(root, 'GSM1', name));
    },
    receives(from: string, text: string) {
      n += 1;
      const head = `From: ${from}\nReceived: 26-11-30 02:41:04\nModem: GSM1\nAlphabet: UCS2\n\n`;
      const whole = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(text, 'utf16le').swap16()]);
      const aside = join(root, `GSM1.${n}`);
      writeFileSync(aside, whole);
      renameSync(aside, join(root, 'incoming', `GSM1.${n}`));
    },
    read: () => until('the gateway has read what came', () => readdirSync(join(root, 'incoming')).length === 0),
  };
}
