/**
 * Makes the phone's pages open without a network, and installable, where the browser can: a service worker, which exists on HTTPS alone,
 * and a manifest. What it says of itself must be so: `ready` only once the worker has kept everything.
 */
import { signal } from '@preact/signals';

/** `insecure`: the page came over plain HTTP. `failed`: most often the browser does not trust the certificate. */
export type ShellState = 'coming' | 'ready' | 'failed' | 'insecure' | 'none';

const able = (): boolean => 'serviceWorker' in navigator;

export const shell = signal<ShellState>(able() ? 'coming' : window.isSecureContext ? 'none' : 'insecure');

/** Once per page. */
export async function installShell(): Promise<void> {
  if (!able()) return;
  const link = document.createElement('link');
  link.rel = 'manifest';
  link.href = '/app.webmanifest';
  document.head.append(link);
  try {
    await navigator.serviceWorker.register('/shell-worker.js', { scope: '/m' });
    await navigator.serviceWorker.ready;
    shell.value = 'ready';
  } catch (failure) {
    console.warn('the page cannot be kept for when there is no network', failure);
    shell.value = 'failed';
  }
}
