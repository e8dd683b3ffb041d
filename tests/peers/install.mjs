/**
 * Brings in the Debian programs that tests and benchmarks talk to: `node tests/peers/install.mjs [package …]`.
 * Plain JavaScript that Node 18 can run, since it works before anything else is there. It installs only what is missing
 * and must leave no service running that was not running before: the tests bring up their own, on ports of their own.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const LIMIT_MS = 15 * 60_000;
const STILL_EVERY_MS = 10_000;

/** What Debian calls them, and the program or file that proves they are there. */
const PEERS = {
  influxdb: 'influxd',
  'influxdb-client': 'influx',
  mosquitto: 'mosquitto',
  'mosquitto-clients': 'mosquitto_pub',
  mbpoll: 'mbpoll',
  'chromium-headless-shell': 'chromium-headless-shell',
  socat: 'socat',
  openssl: 'openssl',
  'libnss3-tools': 'certutil',
  strace: 'strace',
  'python3-pymodbus': '/usr/lib/python3/dist-packages/pymodbus',
  'golang-go': 'go',
  'golang-golang-x-mod-dev': '/usr/share/gocode/src/golang.org/x/mod/sumdb/note',
  ffmpeg: 'ffmpeg',
  'python3-gi': '/usr/lib/python3/dist-packages/gi',
  // GStreamer's RTSP server as Python sees it, what pays out and parses streams, and the encoders of the test scenes.
  'gir1.2-gst-rtsp-server-1.0': '/usr/share/doc/gir1.2-gst-rtsp-server-1.0',
  'gstreamer1.0-plugins-good': '/usr/share/doc/gstreamer1.0-plugins-good',
  'gstreamer1.0-plugins-bad': '/usr/share/doc/gstreamer1.0-plugins-bad',
  'gstreamer1.0-plugins-ugly': '/usr/share/doc/gstreamer1.0-plugins-ugly',
  postgresql: '/usr/share/doc/postgresql',
  'nats-server': 'nats-server',
  'sip-tester': 'sipp',
  nginx: 'nginx',
  'libnginx-mod-stream': '/usr/lib/nginx/modules/ngx_stream_module.so',
  caddy: 'caddy',
  'fonts-noto-cjk': '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
};
/** Packages that start a service when they are installed, and the program it runs. */
const SERVICES = { influxdb: 'influxd', mosquitto: 'mosquitto', nginx: 'nginx', caddy: 'caddy' };
// Run level 1 keeps init scripts from starting what is installed, and an offline systemctl leaves PID 1 alone.
const QUIET = ['DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'SYSTEMD_OFFLINE=1'];
const APT = ['apt-get', '-q', '-o', 'DPkg::Lock::Timeout=120'];

const onPath = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
const isThere = (proof) =>
  proof.startsWith('/') ? existsSync(proof) : onPath.some((dir) => existsSync(join(dir, proof)));
const running = (program) => spawnSync('pgrep', ['-x', program]).status === 0;
const isRoot = process.getuid?.() === 0;

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Runs one command as root, showing every ten seconds that it is alive. Resolves with its exit code and last words. */
function asRoot(...words) {
  const [program, ...args] = [...(isRoot ? [] : ['sudo', '-n']), 'env', ...QUIET, ...words];
  const began = Date.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS });
  const still = setInterval(() => {
    process.stdout.write(`      … ${Math.round((Date.now() - began) / 1000)} s\n`);
  }, STILL_EVERY_MS);
  let output = '';
  const keep = (bytes) => {
    output = (output + bytes).slice(-10_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve) => {
    const settle = (code) => {
      clearInterval(still);
      resolve({ code, last: output.trim().split('\n').slice(-5).join('\n') });
    };
    child.on('error', (error) => {
      keep(error.message);
      settle(1);
    });
    child.on('close', settle);
  });
}

const asked = process.argv.slice(2);
const missing = (asked.length > 0 ? asked : Object.keys(PEERS)).filter((name) => !isThere(PEERS[name] ?? name));
if (missing.length > 0) {
  const list = missing.join(' ');
  if (!isThere('apt-get')) stop(`These programs are missing: ${list}. Install them and run the command again.`);
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0) {
    stop(`These Debian packages are missing; install them once with: sudo apt-get install ${list}`);
  }
  process.stdout.write(`      installing ${list}\n`);
  const silent = missing.filter((name) => SERVICES[name] !== undefined && !running(SERVICES[name]));
  await asRoot(...APT, 'update');
  const { code, last } = await asRoot(...APT, 'install', '-y', '--no-install-recommends', ...missing);
  if (code !== 0)
    stop(`apt-get could not install ${list}: check the network and the disk. Its last words were:\n${last}`);
  for (const name of silent) if (running(SERVICES[name])) await asRoot('service', name, 'stop');
}
