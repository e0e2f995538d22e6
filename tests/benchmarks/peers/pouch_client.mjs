// One act of a PouchDB client on leveldb, in a process of its own, as an application would be.
// node pouch_client.mjs MODULES RECORDS ACT DATABASE URL: prints {"seconds": …}.
// ACT: load (all records, no network), pull, push, or day:N and day:N:W (write the Nth day, of worker W).
import { createRequire } from 'node:module';
import fs from 'node:fs';

const [, , modules, records, act, path, url] = process.argv;
const PouchDB = createRequire(modules + '/')('pouchdb');
const BATCH = { batch_size: 1000, batches_limit: 4 }; // the fastest found; its default of 100 takes 1.7 times as long
const lines = (name) =>
  fs.readFileSync(`${records}/${name}.jsonl`, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
// What is empty is left out, as one would in a store of documents.
const filled = (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
const document = ({ kind, row: { id, ...rest } }) => ({ _id: `${kind}:${id}`, type: kind, ...filled(rest) });

const db = new PouchDB(path);
await db.info();
const started = performance.now();
if (act === 'load') {
  const all = lines('records').map(document);
  for (let at = 0; at < all.length; at += 1000) await db.bulkDocs(all.slice(at, at + 1000));
} else if (act === 'pull') {
  await db.replicate.from(url, BATCH);
} else if (act === 'push') {
  await db.replicate.to(url, BATCH);
} else {
  const [, day, worker] = act.split(':');
  for (const one of lines(`day${day}`)) {
    if (worker !== undefined && one.worker !== +worker) continue;
    const made = document(one);
    if (!one.made) made._rev = (await db.get(made._id))._rev;
    await db.put(made);
  }
}
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1e3 }));
await db.close();
