/** How many files the process has open is told before they are used up, with what helps. */
import { expect, test } from 'vitest';
import { filesTrouble, openFilesTrouble } from '../../src/app/gateway-files.ts';

test('many open files are a trouble that names both numbers and what helps, in time', () => {
  expect(filesTrouble(799, 1_000)).toBeUndefined();
  const why = filesTrouble(800, 1_000);
  expect(why?.zh).toMatch(/800 个，上限 1000.*LimitNOFILE=65536/);
  expect(why?.en).toMatch(/800 of 1000.*LimitNOFILE=65536/);
});

test('this process has enough', async () => expect(await openFilesTrouble()).toBeUndefined());
