/**
 * A disk that can be made full and free again under a running gateway: a small file system of its own where the kernel lets
 * us make one without being asked, and a limit on the size of its files everywhere.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import type { Gateway } from './gateway.ts';

export interface Disk {
  readonly name: string;
  /** What the gateway is started through. */
  readonly through: readonly string[];
  fill(gateway: Gateway): void;
  free(gateway: Gateway): void;
}

/** Puts a file system of its own under the data folder before the gateway starts; it ends with the process. */
const mounting = `cp -p "$GATEWAY_STORE/users.json" "$GATEWAY_STORE.users" &&
mount -t tmpfs -o size=6m,mode=0700 tmpfs "$GATEWAY_STORE" &&
cp -p "$GATEWAY_STORE.users" "$GATEWAY_STORE/users.json" && exec "$@"`;

/** The folder as the process sees it. */
const ballast = ({ pid, dir }: Gateway): string => `/proc/${pid}/root${dir}/ballast`;

const ownFileSystem: Disk = {
  name: 'a full file system',
  through: ['unshare', '--mount', '--map-root-user', 'sh', '-c', mounting, 'sh'],
  fill(gateway) {
    for (const size of [65_536, 4_096, 1]) {
      try {
        for (let i = 0; i < 10_000; i++) appendFileSync(ballast(gateway), Buffer.alloc(size));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  },
  free: (gateway) => rmSync(ballast(gateway)),
};

function limit({ pid }: Gateway, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--fsize=${bytes}:unlimited`, '--pid', String(pid)]);
}

const fileLimit: Disk = {
  name: 'files that may not grow',
  through: [],
  fill: (gateway) => limit(gateway, 4_096),
  free: (gateway) => limit(gateway, 'unlimited'),
};

const allowed =
  spawnSync('unshare', ['--mount', '--map-root-user', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

/** Every way that this machine allows; the last is always there. */
export const disks: readonly Disk[] = allowed ? [ownFileSystem, fileLimit] : [fileLimit];
