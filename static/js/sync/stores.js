// @ts-check
/**
 * What the phone's database holds, and how each version became the next.
 *
 * Only ever additive and short: an old page that is still open must be able to go on with the
 * new stores, and a browser may end a service worker in the middle.
 */

export const VERSION = 2;

/**
 * @param {any} db
 * @param {number} from  the version that is there; 0: none
 * @param {any} transaction
 */
export async function upgrade(db, from, transaction) {
  if (from < 1) addMatches(db);
  if (from < 2) {
    addKnowledge(db);
    await carryOver(transaction);
  }
}

/** Version 1: matches scored here, what waits to be sent, what was refused. @param {any} db */
function addMatches(db) {
  db.createObjectStore("matches", { keyPath: "key" });
  db.createObjectStore("log", { keyPath: "n", autoIncrement: true }).createIndex("match", "match");
  const outbox = db.createObjectStore("outbox", { keyPath: "place", autoIncrement: true });
  outbox.createIndex("person", "person");
  outbox.createIndex("match", "match");
  outbox.createIndex("id", "id", { unique: true });
  db.createObjectStore("attention", { keyPath: "id" }).createIndex("person", "person");
}

/**
 * Version 2: who sends from this phone and how far they have counted, what this phone knows of
 * events and their matches, and scores, claims and plans as they were last seen or made here.
 * @param {any} db
 */
function addKnowledge(db) {
  db.createObjectStore("devices", { keyPath: "person" });
  db.createObjectStore("facts", { keyPath: "name" });
  db.createObjectStore("events", { keyPath: "eventId" });
  for (const name of ["known", "scores", "claims"]) {
    db.createObjectStore(name, { keyPath: ["eventId", "matchId"] }).createIndex("event", "eventId");
  }
  db.createObjectStore("plans", { keyPath: ["person", "eventId"] });
}

/**
 * Entries of version 1 were scores without a number. They keep their ids, by which the server
 * knows those whose answer was lost.
 * @param {any} transaction
 */
async function carryOver(transaction) {
  const outbox = transaction.objectStore("outbox");
  const devices = transaction.objectStore("devices");
  for (const old of await outbox.getAll()) {
    const { updateId: _, ...body } = old.body;
    await outbox.put({ ...old, kind: "score", deviceSeq: await nextSeq(devices, old.person), body });
  }
}

/**
 * The next number of this person's phone, inside the transaction that uses it.
 * @param {any} devices
 * @param {string} person
 * @returns {Promise<number>}
 */
export async function nextSeq(devices, person) {
  const known = (await devices.get(person)) ?? { person, deviceId: crypto.randomUUID(), lastSeq: 0 };
  await devices.put({ ...known, lastSeq: known.lastSeq + 1 });
  return known.lastSeq + 1;
}
