/**
 * Builds the program: of each thread one JavaScript file, of the command line one with a part for what several commands share, of each device
 * model its own. Types and spaces are gone, names are as they were written, and maps say where each line came from. Packages are built in, but for those of APART.
 * Run by `build-program.mjs` with the folder it is to fill; it must write nowhere else.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';
import { foldVersion } from '../../store/snapshot/fold-version.ts';
import { shrinkLetters } from './one-byte.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const out = process.argv[2] ?? '';
/** From the folder that is filled, dist/program/<name>, to the root. */
const up = '../../../';
const place = /new URL\(\s*'([^']+)',\s*import\.meta\.url,?\s*\)/g;

/**
 * Packages that stay where they are: native ones, those that find files or threads beside themselves, and large ones that come only with
 * what needs them. All others are built in: a thousand small files less to find at a start.
 */
const APART = [
  ...['better-sqlite3', 'sharp', '@electric-sql/pglite', 'pino', 'vite'],
  ...['exceljs', 'pdfmake', 'nodemailer', 'mqtt', 'modbus-serial', 'onvif', 'node-onvif'],
  ...['@nats-io/transport-node', 'openid-client'],
];
/** By what a package would find something beside itself, and would look in the wrong place once it is built in. */
const BESIDE = /\b__dirname\b|\b__filename\b|import\.meta\.(?:url|dirname|filename)/;
/** Two that do and may: one has a fall-back for not finding its own version, the other looks only in a thread that nobody here starts. */
const MAY_LOOK = /(?:swagger\/lib\/util\/read-package-json|qlobber\/lib\/qlobber)\.js$/;

/** Files that run in a thread or a process of their own, as they were met. */
const threads = new Set<string>();

/**
 * What a source finds beside itself it finds from the built file too: another thread where that is built, and everything else, such as a text
 * or a migration, where it lies among the sources.
 */
const places: Plugin = {
  name: 'places',
  enforce: 'pre',
  transform(code, id) {
    if (id.includes('/node_modules/') || !code.includes('import.meta.url')) return null;
    const beside = (path: string): string => {
      const target = join(dirname(id), path);
      if (path.endsWith('.ts')) {
        threads.add(target);
        return `./${basename(target, '.ts')}.js`;
      }
      const from = relative(root, target);
      return from === 'devices' ? './devices' : `${up}${from}${path.endsWith('/') ? '/' : ''}`;
    };
    const kept = 'import_meta_url';
    const told = code
      .replace(place, (_, path: string) => `new URL('${beside(path)}', ${kept})`)
      .replaceAll('import.meta.url', `new URL('${up}${relative(root, id)}', ${kept}).href`)
      .replaceAll(kept, 'import.meta.url');
    // No line moved.
    return { code: told, map: null };
  },
};

/**
 * `node:http` as our sources import it, without asking for what Node makes of the whole of `fetch` when it is asked for: the names of a module
 * that is imported are all looked up, and three of them bring that along.
 */
const http: Plugin = {
  name: 'http',
  enforce: 'pre',
  resolveId: (id) => (id === 'node:http' ? '\0http' : null),
  load(id) {
    if (id !== '\0http') return null;
    const own = Object.getOwnPropertyDescriptors(process.getBuiltinModule('node:http'));
    const names = Object.keys(own).filter((name) => own[name]?.value !== undefined);
    return `const http = process.getBuiltinModule('node:http');
export default http;
export const { ${names.join(', ')} } = http;`;
  },
};

const none = `const silent = () => {};
silent.enabled = false;
module.exports = () => silent;`;

/**
 * What libraries say to whoever debugs them, said to nobody: the reading of one packet calls it forty times, and each call makes a list of what
 * it would have said. Who wants to hear it runs the sources. And Node's own streams in place of a copy of them.
 */
const spared: Plugin = {
  name: 'spared',
  enforce: 'pre',
  resolveId(id) {
    if (id === 'readable-stream') return { id: 'node:stream', external: true };
    return id === 'debug' ? '\0debug' : null;
  },
  load: (id) => (id === '\0debug' ? none : null),
};

/** Fails the build where a package that is built in would look beside itself. */
const standing: Plugin = {
  name: 'standing',
  transform(code, id) {
    if (id.includes('/node_modules/') && BESIDE.test(code) && !MAY_LOOK.test(id))
      this.error(`${id} finds something beside itself: its package belongs to APART`);
    return null;
  },
};

/** Before anything of a thread: errors name their sources there too. A thread inherits none of it. */
const traced = `import { traceToSources } from '${up}src/commands/setup/stack-traces.mjs';
traceToSources(import.meta.dirname);`;

/** Resolves with the sources, as paths from the root. */
async function bundle(input: Readonly<Record<string, string>>, alone: boolean): Promise<string[]> {
  const made = (await build({
    ...{ configFile: false, root, logLevel: 'warn', publicDir: false, plugins: [places, http, spared, standing] },
    define: { 'import.meta.foldVersion': JSON.stringify(foldVersion()) },
    ssr: { noExternal: true, external: APART },
    build: {
      ...{ ssr: true, outDir: out, emptyOutDir: false, sourcemap: true, target: 'node22', minify: false },
      rolldownOptions: {
        input,
        output: {
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
          ...{ format: 'es', entryFileNames: '[name].js', chunkFileNames: 'part-[name]-[hash].js' },
          // The sources are there themselves.
          sourcemapExcludeSources: true,
          ...(alone && { codeSplitting: false, banner: traced }),
        },
      },
    },
  })) as Rolldown.RolldownOutput;
  return made.output.flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []));
}

const models = readdirSync(join(root, 'devices')).filter((name) => name.endsWith('.ts'));
const sources = await bundle(
  {
    main: join(root, 'src/commands/main.ts'),
    ...Object.fromEntries(models.map((name) => [`devices/${name.slice(0, -3)}`, join(root, 'devices', name)])),
  },
  false,
);
// What a thread starts in turn is met while it is built, and joins the end of the set.
for (const thread of threads) sources.push(...(await bundle({ [basename(thread, '.ts')]: thread }, true)));
shrinkLetters(out);

/** A device model may be a link to elsewhere: what it is made of counts as well. */
const ours = sources.filter((id) => isAbsolute(id) && !id.includes('/node_modules/'));
writeFileSync(join(out, 'sources.json'), JSON.stringify(ours.map((id) => relative(root, id))));
