// All that this server knows; in memory, and gone when it ends.
import { generateCryptoKeyPair } from "@fedify/fedify/sig";

export const origin = `https://${process.env.FEDIFY_NAME}`;

export const people = new Map(); // identifier: Person
export const posts = new Map(); // id: what was published, as vocabulary, with who may see it
export const done = new Map(); // id: a Follow, Like, Announce or Block of ours: the activity, who did it and to whom
export const stamps = new Map(); // id: QuoteAuthorization
export const pictures = new Map(); // path: bytes of a PNG
export const received = []; // what came with a signature that holds
export const unverified = []; // what came with one that does not
export const asked = []; // who asked for which post
export const errors = [];

// What the server accepts of signatures: "both", or only one form, as servers that know no other.
export const settings = { accepts: "both" };

let lastNumber = 0;

export function nextNumber() {
  return String(++lastNumber);
}

class Person {
  followers = new Map(); // id: Recipient
  following = new Set(); // ids, once accepted
  isLocked = false;
  displayName = "";
  aliases = []; // URLs
  successor = null; // URL

  constructor(name, keys) {
    this.name = name;
    this.displayName = name;
    this.keys = keys;
  }
}

// Of 2048 bits, as most servers have: Fedify's own choice of 4096 takes seconds to find.
async function makeRsaKey() {
  const kind = {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: "SHA-256",
  };
  return await crypto.subtle.generateKey(kind, true, ["sign", "verify"]);
}

export async function addPerson(name) {
  const keys = await Promise.all([makeRsaKey(), generateCryptoKeyPair("Ed25519")]);
  people.set(name, new Person(name, keys));
}

export function personNamed(name) {
  const person = people.get(name);
  if (!person) throw new Error(`nobody is called ${name}`);
  return person;
}
