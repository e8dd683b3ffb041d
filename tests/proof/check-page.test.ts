/**
 * The page beside exported days in a real Chromium, opened as a file as by a double click: it finds them whole, names what was changed, and
 * does both in a browser that has no cryptography of its own. Nothing that stands in a record runs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newSigner, signCheckpoint, verifierKey } from '../../src/proof/signed-note.ts';
import { storedZip } from '../../src/proof/stored-zip.ts';
import { signedLines } from '../../src/store/signed-lines.ts';
import { realWorld } from '../../src/world/world.ts';
import { openChromium } from '../peers/chromium.ts';
import { listeningLog } from '../store/place.ts';
import { checked, type Entry, Exported, linked, other, spaced } from './exported.ts';

const noSignatures = `{
  const subtle = Object.getPrototypeOf(crypto.subtle);
  subtle.importKey = () => Promise.reject(new DOMException('no Ed25519', 'NotSupportedError'));
}`;
const noCrypto = `Object.defineProperty(window, 'crypto', { value: undefined });`;
/** A picture, as far as a hash goes. */
const picture = Buffer.from('a picture');
const pictureHash = createHash('sha256').update(picture).digest('hex');
/** What a record may hold: a note is any text. */
const evil = '</script><img src=x onerror="window.ran=1"><script>window.ran=1</script>';

let made: Exported;
let browser: Browser;
beforeAll(async () => {
  const events = spaced(1, 60).map((event, i) => (i === 8 ? { ...event, device: evil, id: pictureHash } : event));
  made = await Exported.make(events as Parameters<typeof Exported.make>[0]);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  made?.remove();
});

interface Opened {
  readonly page: Page;
  readonly errors: string[];
  readonly asked: string[];
}

/** The page of the bundle, from the disk. */
async function opened(script?: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true });
  onTestFinished(() => context.close());
  if (script !== undefined) await context.addInitScript(script);
  const page = await context.newPage();
  const [errors, asked]: [string[], string[]] = [[], []];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (line) => line.type() === 'error' && errors.push(line.text()));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(join(made.whole, 'verify.html')).href);
  return { page, errors, asked };
}

const parts = ['entries.jsonl', 'checkpoint.note', 'key.vkey', 'proof.json'];
const choose = (page: Page, folder: string, names: readonly string[] = parts) =>
  page.setInputFiles(
    '#files',
    names.map((name) => join(folder, name)),
  );
/** The verdict, once there is one. */
async function told(page: Page): Promise<{ state: string | undefined; text: string }> {
  const verdict = page.locator('#verdict:not([data-state=busy])');
  await verdict.waitFor();
  const state = await verdict.getAttribute('data-state');
  return { state: state ?? undefined, text: (await verdict.textContent()) ?? '' };
}

describe('the page beside exported days', () => {
  test.each([
    ['as it is', undefined, undefined],
    ['without Ed25519 of its own', noSignatures, 'page'],
    ['without any cryptography of its own', noCrypto, 'page'],
  ])('finds them whole and names what was altered, in a browser %s', async (_, script, by) => {
    const { page, errors, asked } = await opened(script);
    await page.setInputFiles('#folder', made.whole);
    const { state, text } = await told(page);
    expect([state, text]).toEqual([
      'good',
      expect.stringMatching(/第 5 至 18 条，共 14 条[\s\S]*records 5 to 18, 14 in all/),
    ]);
    expect(text).toContain(made.read('key.vkey').split('+')[1]);
    if (by !== undefined) expect(await page.getAttribute('body', 'data-signature')).toBe(by);
    expect(await page.locator('#records li').count()).toBe(14);

    const folder = made.changed(`page-${by ?? 'own'}-${errors.length}${script?.length}`, (all) =>
      all.map((one, at) => (at === 6 ? { ...one, line: other(one.line) } : one)),
    );
    await choose(page, folder);
    expect(await told(page)).toEqual({
      state: 'bad',
      text: expect.stringMatching(/第 11 条被改动[\s\S]*Record 11 was altered/),
    });
    expect(await page.textContent('#wrong')).toContain('"seq":11');

    const forged = made.read('checkpoint.note').replace('\n60\n', '\n61\n');
    await choose(page, made.rewritten(`note-${script?.length}`, { 'checkpoint.note': forged }));
    expect((await told(page)).text).toMatch(/存证的签名不对[\s\S]*signature of the checkpoint does not hold/);
    expect(errors).toEqual([]);
    expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
  });

  test('shows what a record says and runs none of it', async () => {
    const { page, errors } = await opened();
    await choose(page, made.whole);
    expect((await told(page)).state).toBe('good');
    expect(await page.locator('#records li').nth(4).textContent()).toContain('onerror=');
    const bad = made.changed('evil', (all) =>
      all.map((one, at) => (at === 4 ? { ...one, line: other(one.line) } : one)),
    );
    await choose(page, bad);
    expect((await told(page)).text).toContain('Record 9 was altered');
    expect(await page.textContent('#wrong')).toContain('onerror=');
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('says of every change what the program beside it says', async () => {
    const { page } = await opened();
    const before = made.chainBefore();
    const changes: readonly [string, (all: Entry[]) => Entry[]][] = [
      ['gone', (all) => all.toSpliced(3, 1)],
      ['moved', (all) => [all[1]!, all[0]!, ...all.slice(2)]],
      ['twice', (all) => all.toSpliced(4, 0, all[3]!)],
      ['more', (all) => [...all, all.at(-1)!]],
      ['none', () => []],
      [
        'anew',
        (all) =>
          linked(
            all.map((one, at) => (at > 5 ? { ...one, line: other(one.line) } : one)),
            before,
          ),
      ],
    ];
    const folders = [
      ...changes.map(([name, change]) => made.changed(`both-${name}`, change)),
      made.rewritten('both-windows', { 'entries.jsonl': made.read('entries.jsonl').replaceAll('\n', '\r\n') }),
      made.rewritten('both-bytes', { 'entries.jsonl': Uint8Array.of(255, 254, 10) }),
      made.rewritten('both-note', { 'checkpoint.note': '' }),
      made.rewritten('both-key', { 'key.vkey': Uint8Array.of(200, 1) }),
      made.rewritten('both-proof', { 'proof.json': '{"from":1}' }),
    ];
    for (const folder of folders) {
      await choose(page, folder);
      const { state, text } = await told(page);
      const { code, said } = checked(folder);
      expect([state, code]).toEqual(['bad', 1]);
      expect(text).toBe(said.replaceAll('\n', ''));
    }
  });

  test('says what is missing, and that files are of something else', async () => {
    const { page } = await opened();
    expect((await told(page)).text).toContain('还没有选择文件');
    await choose(page, made.whole, ['entries.jsonl', 'checkpoint.note', 'proof.json']);
    expect((await told(page)).text).toMatch(/还缺：key.vkey[\s\S]*Still missing: key.vkey/);
    await choose(page, made.whole, ['key.vkey']);
    expect((await told(page)).state).toBe('good');
    await page.click('#clear');
    await page.setInputFiles('#files', { name: 'holiday.png', mimeType: 'image/png', buffer: Buffer.from('x') });
    expect((await told(page)).text).toMatch(/不是导出的文件：holiday.png/);
    await page.setInputFiles('#folder', made.box);
    expect((await told(page)).text).toMatch(/两份导出/);
  });

  test('refuses a file of nothing but one long line without reading it into memory for ever', async () => {
    const { page } = await opened();
    const folder = made.rewritten('long', { 'entries.jsonl': Buffer.alloc(48_000_000, 'a') });
    await choose(page, folder);
    expect((await told(page)).text).toContain('entries.jsonl is no file of an export');
  });

  test('takes what is dropped on it', async () => {
    const { page } = await opened();
    const files = parts.map((name) => [name, made.read(name)]);
    await page.evaluate((all: readonly string[][]) => {
      const look = globalThis as unknown as {
        DataTransfer: new () => { items: { add(file: unknown): void } };
        dispatchEvent(e: unknown): void;
      };
      const { File, Event } = globalThis as unknown as Record<'File' | 'Event', new (...args: unknown[]) => object>;
      const dataTransfer = new look.DataTransfer();
      for (const [name, text] of all) dataTransfer.items.add(new File([text], name));
      look.dispatchEvent(Object.assign(new Event('drop', { cancelable: true }), { dataTransfer }));
    }, files);
    expect((await told(page)).state).toBe('good');
  });

  test('compares a checkpoint kept elsewhere, of a file or pasted, and says what it cannot compare', async () => {
    const { page } = await opened();
    await choose(page, made.whole);
    const kept = made.read('checkpoint.note');
    await page.fill('#note', kept.trim());
    await page.locator('#note').blur();
    await page.locator('#verdict:has-text("kept elsewhere")').waitFor();
    expect(await told(page)).toEqual({
      state: 'good',
      text: expect.stringContaining('It agrees with the checkpoint kept elsewhere'),
    });

    const forger = newSigner('gatehouse/%E4%B8%80%E4%B8%AD');
    const [, , root = ''] = kept.split('\n');
    const head = { origin: forger.name, size: 60, root: Buffer.from(root, 'base64'), more: [] };
    const forged = made.rewritten('page-forged', {
      'checkpoint.note': signCheckpoint(head, forger),
      'key.vkey': `${verifierKey(forger)}\n`,
    });
    await choose(page, forged);
    expect(await told(page)).toEqual({ state: 'bad', text: expect.stringContaining('not signed with this key') });
    await page.click('#clear');
    await choose(page, forged);
    expect((await told(page)).state).toBe('good');
    const file = join(made.box, 'old.note');
    writeFileSync(file, signCheckpoint({ ...head, size: 2 }, forger));
    await page.setInputFiles('#kept', file);
    await page.locator('#verdict[data-state=unsure]').waitFor();
    expect((await told(page)).text).toContain('it was not compared');
  });

  test('checks an archive as it is, with its pictures, and asks to unpack one that was packed anew', async () => {
    const { page, errors } = await opened();
    const named = made.changed('named', (all) => all);
    const note = made.read('checkpoint.note');
    const checkpoints = { newest: () => ({ note, size: 60, at: 0 }), publish: async () => undefined };
    const { lines, vkey, size } = await signedLines(made.dir, checkpoints, realWorld(listeningLog()), [2, 9, 57]);
    const bundle = (still: Buffer) => {
      const records = lines;
      const proof = {
        size,
        records: records.map((one) => ({ seq: one.seq, proof: one.proof })),
        files: [{ name: 'stills/1-2.jpg', sha256: pictureHash, seq: 9 }],
      };
      return storedZip(
        [
          ['entries.jsonl', records.map(({ seq, json }) => `${JSON.stringify({ seq, line: json })}\n`).join('')],
          ['proof.json', `${JSON.stringify(proof, undefined, 2)}\n`],
          ['checkpoint.note', note],
          ['key.vkey', vkey],
          ['stills/1-2.jpg', still],
        ].map(([name, bytes]) => ({ name: `case-2/${String(name)}`, bytes: Buffer.from(bytes!) })),
        0,
      );
    };
    const give = (name: string, buffer: Buffer) =>
      page.setInputFiles('#files', { name, mimeType: 'application/zip', buffer });
    await give('case.zip', bundle(picture));
    expect(await told(page)).toEqual({ state: 'good', text: expect.stringContaining('3 records and 1 pictures') });
    expect(await page.locator('#records li').nth(1).textContent()).toContain('onerror=');
    expect(await page.evaluate('window.ran')).toBeUndefined();

    await give('case.zip', bundle(Buffer.from('another picture')));
    expect(await told(page)).toEqual({
      state: 'bad',
      text: expect.stringContaining('The picture stills/1-2.jpg was altered'),
    });
    const bytes = bundle(picture);
    const at = bytes.indexOf('\\"value\\"') + 3;
    bytes[at] = bytes[at]! ^ 1;
    await give('case.zip', bytes);
    expect(await told(page)).toEqual({
      state: 'bad',
      text: expect.stringContaining('Record 2 is not in what was signed'),
    });

    writeFileSync(join(named, 'case.zip'), bundle(picture));
    const python = ['-m', 'zipfile', '-c', join(named, 'packed.zip'), join(named, 'entries.jsonl')];
    expect(spawnSync('/usr/bin/python3', python).status).toBe(0);
    for (const other of [
      readFileSync(join(named, 'packed.zip')),
      Buffer.alloc(0),
      Buffer.alloc(80_000, 'PK'),
      bytes.subarray(0, 900),
    ]) {
      await give('case.zip', other);
      expect((await told(page)).text).toMatch(/请先解压[\s\S]*unpack it/);
    }
    expect(errors).toEqual([]);
  });

  test('is one file that names no other and may load none', () => {
    const text = readFileSync(join(made.whole, 'verify.html'), 'utf8');
    expect(text).not.toMatch(/https?:|\bimport\b|<link|\ssrc=/);
    expect(text).toContain("default-src 'none'; script-src 'sha256-");
  });
});
