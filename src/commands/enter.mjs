/**
 * Into the program: looks at the Node that runs it before anything native is loaded, then hands over to `main`.
 * It exists because a too old Node would end in a segmentation fault without a word. It must stay plain JavaScript that
 * an old Node can read, and must import nothing statically.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
const fits = (major >= 24 || (major === 22 && minor >= 18)) && Number(process.versions.napi) >= 10;

/** Ends the process with one line where this Node is too old. */
export function refuseOldNode() {
  if (fits) return;
  console.error(
    `Gatehouse needs Node 24 or newer (or 22.18 of the 22 line); this is ${process.version}. ` +
      'Start it with `npm start`, which brings its own.',
  );
  process.exit(78);
}

/**
 * What comes of it; 78 when a package it needs is not there, as after a newer version was put over an older installation. The built program
 * loads without any, and misses one when it comes to it.
 */
async function orPackageMissing(work) {
  try {
    return await work();
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !/Cannot find package/.test(error.message)) throw error;
    console.error(`${error.message.split('\n')[0]}. \`npm run setup\` brings the packages of this version.`);
    return 78;
  }
}

/** Runs the command line whose `main` lies there, and ends the process with what comes of it. */
export async function enter(url) {
  process.exit(await orPackageMissing(async () => (await import(url.href)).main(process.argv.slice(2))));
}
