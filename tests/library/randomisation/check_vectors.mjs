// Makes every value of vectors.json with the verifier's functions; prints the names of those that differ, as JSON.
// Usage: node check_vectors.mjs verify.mjs vectors.json

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [program, file] = process.argv.slice(2);
const draw = await import(pathToFileURL(program));
const vectors = JSON.parse(readFileSync(file, "utf8"));
const bytes = (hex) => Buffer.from(hex, "hex");
const shares = { E: bytes(vectors.shares.E), P: bytes(vectors.shares.P) };
const wrong = [];
let compared = 0;
const same = (name, found, expected) => {
  compared += 1;
  if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(name);
};
const take = (count, next) => Array.from({ length: count }, next);
const token = (n) => draw.hash("token", String(n));

for (const { key, label, number, words } of vectors.stream) {
  const stream = draw.words(bytes(key), label, number);
  same(`stream ${label} ${number}`, take(words.length, () => stream.next().value), words);
}
for (const { key, limit, numbers } of vectors.below) {
  const stream = draw.words(bytes(key), "below", limit);
  same(`below ${limit}`, take(numbers.length, () => draw.below(stream, limit)), numbers);
}
for (const { value, bytes: written } of vectors.canon) {
  same(`canon ${written}`, Buffer.from(draw.canon(value), "utf8").toString("hex"), written);
}
for (const { config, ...expected } of vectors.ceremony) {
  const key = draw.master(config, shares.E, shares.P);
  const perStratum = (make) => Object.fromEntries(config.strata.map((name) => [name, make(draw.stratumKey(key, config, name))]));
  const packets = (stratumKey) => take(config.epochs, (_, epoch) => draw.packet(stratumKey, config, epoch));
  same("config hash", draw.configHash(config), expected.config_hash);
  for (const role of ["E", "P"]) same(`commit ${role}`, draw.commitment(role, config.trial, shares[role]), expected.commits[role]);
  same("master", key.toString("hex"), expected.master);
  same("stratum keys", perStratum((one) => one.toString("hex")), expected.stratum_keys);
  same("packets", perStratum((one) => packets(one).map((each) => each.toString("hex"))), expected.packets);
  same("packet hashes", perStratum((one) => packets(one).map(draw.packetHash)), expected.packet_hashes);
}
for (const { key, number, arms } of vectors.blocks) {
  const config = vectors.sequences.find(({ name }) => name === "blocks of 4, 6, 8").config;
  same(`block ${number}`, draw.block(bytes(key), number, config), arms);
}
for (const { name, config, strata } of vectors.sequences) {
  for (const [stratum, arms] of Object.entries(strata)) {
    const key = draw.stratumKey(draw.master(config, shares.E, shares.P), config, stratum);
    const sequence = new draw.Stratum(key, config);
    same(`${name} ${stratum}`, take(arms.length, (_, n) => sequence.next(config.identity_bound ? token(n) : undefined)), arms);
  }
}
for (const { entry, hash, code } of vectors.entries) {
  same(`entry ${entry.seq}`, draw.entryHash(entry), hash);
  same(`code ${entry.seq}`, draw.checkCode(hash), code);
}
console.log(JSON.stringify({ compared, wrong, own: createHash("sha256").update(readFileSync(program)).digest("hex") }));
