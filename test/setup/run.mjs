// npm's scripts: `node test/setup/run.mjs <command> …`. Plain JavaScript, because the Node that runs this may be one that cannot
// run anything else of ours.
const NEEDED_NODE = 24;

if (Number(process.versions.node.split('.')[0]) < NEEDED_NODE) {
  console.error(`Counter's tools need Node ${NEEDED_NODE}; this is ${process.version}.`);
  console.error('On Linux and on 64-bit Windows `npm ci` brings one along. Elsewhere install Node 24 from nodejs.org, then run this again.');
  process.exit(1);
}
await import('./command.ts');
