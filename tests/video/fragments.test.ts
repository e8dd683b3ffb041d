/** Fragmented MP4 is cut into pieces wherever the pipe cuts it, and what is none, or too much, is an error and no growth. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { videoKind } from '../../src/video/codec-name.ts';
import { Fragments, NotFragments, type VideoPiece } from '../../src/video/fragments.ts';

function encoded(...codec: readonly string[]): Buffer {
  const source = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=10:duration=4'];
  const flags = ['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '200000'];
  return execFileSync(
    'ffmpeg',
    ['-loglevel', 'error', ...source, '-pix_fmt', 'yuv420p', ...codec, '-g', '20', ...flags, '-f', 'mp4', 'pipe:1'],
    { maxBuffer: 64e6 },
  );
}
const h264 = encoded('-c:v', 'libx264', '-profile:v', 'main', '-preset', 'veryfast', '-bf', '0');

function pushed(bytes: Buffer, size: number): VideoPiece[] {
  const fragments = new Fragments();
  const pieces: VideoPiece[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(...fragments.push(bytes.subarray(at, at + size)));
  return pieces;
}

describe('fragmented MP4', () => {
  it.each([1, 7, 1_000, 65_536, 1e9])('comes out the same when the pipe gives %i bytes at a time', (size) => {
    const pieces = pushed(h264, size);
    expect(pieces[0]?.kind).toBe('begin');
    expect(pieces.length).toBeGreaterThan(15);
    const all = Buffer.concat(pieces.map(({ bytes }) => bytes));
    // All but the index that ffmpeg writes at the end.
    expect(h264.subarray(0, all.length).equals(all)).toBe(true);
    expect(h264.toString('latin1', all.length + 4, all.length + 8)).toBe('mfra');
  });

  it('says which pieces begin with a key frame: one in two seconds here', () => {
    const fragments = pushed(h264, 4_096).filter((piece) => piece.kind === 'fragment');
    expect(fragments[0]?.key).toBe(true);
    expect(fragments.filter(({ key }) => key)).toHaveLength(2);
  });

  it('names H.264 and H.265 as browsers want to be asked, with the size of the pictures', () => {
    const kind = videoKind(pushed(h264, 4_096)[0]!.bytes);
    expect(kind).toMatchObject({ h265: false, width: 320, height: 180 });
    expect(kind?.mime).toMatch(/^video\/mp4; codecs="avc1\.4d[0-9a-f]{4}"$/);
    const hevc = encoded('-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none');
    const second = videoKind(pushed(hevc, 4_096)[0]!.bytes);
    expect(second).toMatchObject({ h265: true, width: 320, height: 180 });
    expect(second?.mime).toMatch(/^video\/mp4; codecs="hev1\.1\.6\.L\d+\.90"$/);
  });

  it('refuses what is no MP4, what begins in the middle, and a box larger than its bound', () => {
    expect(() => new Fragments().push(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'))).toThrow(NotFragments);
    const begin = pushed(h264, 4_096)[0]!.bytes;
    expect(() => new Fragments().push(h264.subarray(begin.length))).toThrow(NotFragments);
    const huge = Buffer.from('7fffffff6d646174', 'hex');
    expect(() => new Fragments().push(huge)).toThrow(NotFragments);
    const after = new Fragments();
    after.push(begin);
    expect(() => after.push(huge)).toThrow(NotFragments);
    // Boxes of nothing, for ever.
    const small = Buffer.alloc(8 * 10_000);
    for (let at = 0; at < small.length; at += 8) small.write('\0\0\0\x08free', at, 'latin1');
    const full = new Fragments();
    full.push(begin);
    expect(() => {
      for (let i = 0; i < 1_000; i += 1) full.push(small);
    }).toThrow(NotFragments);
  });

  it('takes nothing from half a beginning', () => {
    const begin = pushed(h264, 4_096)[0]!.bytes;
    for (const size of [8, 40, 200, begin.length - 30]) expect(() => videoKind(begin.subarray(0, size))).not.toThrow();
    expect(videoKind(Buffer.alloc(0))).toBeUndefined();
  });
});
