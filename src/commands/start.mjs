/**
 * The door of the program: looks at the Node that runs it before anything native is loaded, then hands over to `main`.
 * It exists because a too old Node would end in a segmentation fault without a word. It must stay plain JavaScript that
 * an old Node can read, and must import nothing statically.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
const fits = major >= 24 || (major === 22 && minor >= 18);

if (!fits || Number(process.versions.napi) < 10) {
  console.error(
    `Gatehouse needs Node 24 or newer (or 22.18 of the 22 line); this is ${process.version}. ` +
      'Start it with `npm start`, which brings its own.',
  );
  process.exit(78);
}

const { main } = await import('./main.ts');
process.exit(await main(process.argv.slice(2)));
