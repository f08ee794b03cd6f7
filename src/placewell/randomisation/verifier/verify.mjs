// Replays a trial's bundle: every hash, every link, every arm. Needs Node 18 and nothing else.
//
//   node verify.mjs bundle.json [--anchors anchors.json] [--receipts receipts.json] [--shares shares.json]
//
// Exit status: 0 all is as it must be; 1 faults, each on a line; 2 wrong usage or a file that cannot be read.
// Written from the specification of the draw (placewell-draw/1), apart from the program that ran the trial.

import { createHash, createHmac, hkdfSync } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FORMAT = "placewell-trial-bundle/1";
const ALGORITHM = "placewell-draw/1";
const START = "0".repeat(64);
const ROLES = ["E", "P"];
const WORDS = 2 ** 32;
const BACK_AT_MOST = 2000; // thousandths of a second a moment may lie before the one of the entry before it
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const HASH = /^[0-9a-f]{64}$/;
const EVERY = "v trial seq prev kind utc";
const HOLDS = {
  genesis: `${EVERY} config config_hash commits packets`,
  allocation: `${EVERY} stratum n person arm actor eligibility consent config_hash`,
  note: `${EVERY} person reason actor`,
  stratum_note: `${EVERY} person reason actor stratum`,
  void: `${EVERY} person reason actor second`,
  withdraw: `${EVERY} person reason actor scope`,
  clock: `${EVERY} reason`,
};

// --- Hashes -----------------------------------------------------------------------------------------------------

export function canon(value) {
  if (typeof value === "string") {
    if (Buffer.from(value, "utf8").toString("utf8") !== value) throw new TypeError("a text is not Unicode");
    return JSON.stringify(value);
  }
  if (Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canon).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const names = Object.keys(value).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return `{${names.map((name) => `${canon(name)}:${canon(value[name])}`).join(",")}}`;
  }
  throw new TypeError("a value is neither text, whole number, list nor object");
}

export function hash(tag, ...parts) {
  const whole = createHash("sha256");
  for (const part of [tag, ...parts]) {
    const bytes = typeof part === "string" ? Buffer.from(part, "utf8") : part;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    whole.update(length).update(bytes);
  }
  return whole.digest("hex");
}

export const configHash = (config) => hash("config", canon(config));
export const entryHash = (body) => hash("entry", canon(body));
export const commitment = (role, trial, share) => hash("commit", role, trial, share);
export const packetHash = (packet) => hash("packet", packet);

export function checkCode(hex) {
  const bits = [...Buffer.from(hex, "hex").subarray(0, 7)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const sign = (place) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[parseInt(bits.slice(5 * place, 5 * place + 5), 2)];
  const signs = Array.from({ length: 10 }, (_, place) => sign(place)).join("");
  return `${signs.slice(0, 5)}-${signs.slice(5)}`;
}

// --- Keys -------------------------------------------------------------------------------------------------------

const derive = (salt, key, info) => Buffer.from(hkdfSync("sha256", key, salt, Buffer.from(info, "utf8"), 32));
const prf = (key, data) => createHmac("sha256", key).update(data).digest();
const salt = (config) => Buffer.from(configHash(config), "hex");

export const master = (config, e, p) => derive(salt(config), Buffer.concat([e, p]), "master");
export const stratumKey = (key, config, stratum) => derive(salt(config), key, `stratum/${stratum}`);
export const packet = (key, config, epoch) => derive(salt(config), key, `epoch/${epoch}`);

// --- The draw ---------------------------------------------------------------------------------------------------

function eightBytes(number) {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(Math.floor(number / WORDS), 0);
  bytes.writeUInt32BE(number % WORDS, 4);
  return bytes;
}

export function* words(key, label, number) {
  const start = Buffer.concat([Buffer.from(label, "utf8"), eightBytes(number)]);
  for (let turn = 0; ; turn += 1) {
    const drawn = prf(key, Buffer.concat([start, eightBytes(turn)]));
    for (let place = 0; place < drawn.length; place += 4) yield drawn.readUInt32BE(place);
  }
}

export function below(numbers, limit) {
  const fair = WORDS - (WORDS % limit);
  for (;;) {
    const { value } = numbers.next();
    if (value < fair) return value % limit;
  }
}

const inShares = (config) => config.arms.flatMap((arm, place) => Array(config.ratio[place]).fill(arm));
const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

export function block(key, number, config) {
  const size = config.block_sizes[below(words(key, "size", number), config.block_sizes.length)];
  const shares = inShares(config);
  const arms = Array.from({ length: size }, (_, place) => shares[place % shares.length]);
  const numbers = words(key, "perm", number);
  for (let place = arms.length - 1; place > 0; place -= 1) {
    const other = below(numbers, place + 1);
    [arms[place], arms[other]] = [arms[other], arms[place]];
  }
  return arms;
}

export function bigStick(key, n, ahead, config, token) {
  if (Math.abs(ahead) >= config.imbalance) return config.arms[ahead > 0 ? 1 : 0];
  const bound = token ? Buffer.from(token, "utf8") : eightBytes(n);
  return config.arms[prf(key, Buffer.concat([Buffer.from("coin"), bound]))[31] & 1];
}

export const simple = (key, n, config) => inShares(config)[below(words(key, "simple", n), total(config.ratio))];

// One stratum's arms in order; `ahead` is kept from the arms as they should be, so that one forged arm is one fault.
export class Stratum {
  constructor(key, config) {
    Object.assign(this, { key, config, dealt: [], blocks: 0, n: 0, ahead: 0, packets: new Map() });
  }

  keyOf(place) {
    if (!this.config.epoch_size) return this.key;
    const epoch = Math.floor(place / this.config.epoch_size);
    if (!this.packets.has(epoch)) this.packets.set(epoch, packet(this.key, this.config, epoch));
    return this.packets.get(epoch);
  }

  next(token) {
    const n = this.n;
    this.n += 1;
    if (this.config.method === "permuted_blocks") {
      while (this.dealt.length <= n) {
        this.dealt.push(...block(this.keyOf(this.blocks), this.blocks, this.config));
        this.blocks += 1;
      }
      return this.dealt[n];
    }
    if (this.config.method === "simple") return simple(this.keyOf(n), n, this.config);
    const arm = bigStick(this.keyOf(n), n, this.ahead, this.config, token);
    this.ahead += arm === this.config.arms[0] ? 1 : -1;
    return arm;
  }
}

// --- What is checked --------------------------------------------------------------------------------------------

export function verify({ trial, entries, anchors = [], receipts = [], shares }) {
  const faults = [];
  const done = [];
  const check = (name, work) => {
    const before = faults.length;
    let count = 0;
    try {
      count = work((seq, what) => faults.push(`${seq === null ? "bundle" : `entry ${seq}`}: ${what}`));
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      faults.push(`bundle: ${name} cannot be checked: ${error.message}`); // values of a kind that no honest bundle holds
    }
    done.push({ name, count, faults: faults.length - before });
  };
  check("hashes and links", (fault) => checkLinks(trial, entries, fault));
  check("genesis entry", (fault) => checkGenesis(entries[0], fault));
  if (isGenesis(entries[0])) {
    const first = entries[0].entry;
    check("allocations and notes", (fault) => checkMeaning(first, entries, fault));
    if (shares) check("arms replayed", (fault) => checkArms(first, entries, shares, fault));
  }
  check("anchors", (fault) => checkAnchors(entries, anchors, fault));
  check("receipts", (fault) => checkReceipts(entries, receipts, fault));
  return { faults, done };
}

const isGenesis = (first) => first?.entry?.kind === "genesis" && typeof first.entry.config === "object" && first.entry.config !== null;

function checkLinks(trial, entries, fault) {
  let previous = START;
  entries.forEach(({ entry: body, hash: written }, place) => {
    let real = null;
    try {
      real = entryHash(body);
    } catch (error) {
      fault(place, `cannot be hashed: ${error.message}`);
    }
    if (real !== null && real !== written) fault(place, "its hash is not the hash of what it says");
    if (body.v !== 1) fault(place, "its version is not 1");
    if (body.trial !== trial) fault(place, `it belongs to trial ${body.trial}, not ${trial}`);
    if (body.seq !== place) fault(place, `it calls itself entry ${body.seq}`);
    if (body.prev !== previous) fault(place, "it does not follow the entry before it");
    previous = written;
  });
  return entries.length;
}

function checkGenesis(first, fault) {
  if (!isGenesis(first)) {
    fault(null, "the chain does not begin with a genesis entry that holds the configuration");
    return 0;
  }
  const { config, config_hash: named, commits } = first.entry;
  if (configHash(config) !== named) fault(0, "the configuration's hash is not the hash of the configuration");
  if (config.algorithm !== ALGORITHM) fault(0, `the algorithm is ${config.algorithm}; this program replays ${ALGORITHM}`);
  if (config.trial !== first.entry.trial) fault(0, "the configuration is another trial's");
  const published = Object.keys(commits ?? {}).sort().join() === ROLES.join() && ROLES.every((role) => HASH.test(commits[role]));
  if (!published) fault(0, "it lacks the commitment of E or of P");
  return 1;
}

function checkMeaning(genesis, entries, fault) {
  const slots = new Map(genesis.config.strata.map((stratum) => [stratum, 0]));
  const seen = { genesis, slots, people: new Set(), voided: new Set(), utc: genesis.utc };
  entries.forEach(({ entry: body }, seq) => {
    const say = (what) => fault(seq, what);
    checkNames(body, genesis.config, say);
    if (!Number.isSafeInteger(body.utc)) say("its moment is no whole number");
    else if (body.utc < seen.utc - BACK_AT_MOST && body.kind !== "clock") say("its moment lies before that of the entry before it");
    seen.utc = body.utc;
    if (seq > 0 && body.kind === "genesis") say("a chain begins with the genesis entry, and has it once");
    if (body.kind === "allocation") checkAllocation(body, seen, say);
    else if (body.kind !== "genesis" && body.kind !== "clock") checkLater(body, seen, say);
  });
  return entries.length;
}

// A short name, a hash, a whole number: no free text reaches a chain.
function isOfItsKind(name, value) {
  if (["config", "commits", "packets"].includes(name)) return value !== null && typeof value === "object";
  if (["v", "seq", "utc", "n"].includes(name)) return Number.isSafeInteger(value) && value >= 0;
  if (typeof value !== "string") return false;
  const hashed = ["prev", "eligibility", "consent", "config_hash", "token"].includes(name);
  return (hashed ? HASH : NAME).test(value);
}

function checkNames(body, config, say) {
  if (!Object.hasOwn(HOLDS, body.kind)) {
    say(`"${body.kind}" is no kind of entry`);
    return;
  }
  const bound = body.kind === "allocation" && config.identity_bound ? ["token"] : [];
  const odd = Object.keys(body).filter((name) => !isOfItsKind(name, body[name]));
  if (odd.length) say(`what stands there is no code, hash or number as the allocator writes it: ${odd.join(", ")}`);
  const wanted = [...HOLDS[body.kind].split(" "), ...bound].sort().join(" ");
  if (Object.keys(body).sort().join(" ") !== wanted) say(`it lacks, or has too much, of what such an entry holds: ${wanted}`);
}

function checkAllocation(body, { genesis, slots, people }, say) {
  if (body.config_hash !== genesis.config_hash) say("it was drawn under another configuration");
  if (!genesis.config.arms.includes(body.arm)) say(`the trial has no arm ${body.arm}`);
  if (people.has(body.person)) say(`${body.person} was allocated before`);
  people.add(body.person);
  if (!slots.has(body.stratum)) {
    say(`the trial has no stratum ${body.stratum}`);
    return;
  }
  const next = slots.get(body.stratum);
  if (body.n !== next) say(`it takes slot ${body.n} of ${body.stratum}, where ${next} is next`);
  slots.set(body.stratum, next + 1);
}

function checkLater(body, { people, voided, slots }, say) {
  if (!people.has(body.person)) say(`${body.person} was not allocated before`);
  if (body.kind === "stratum_note" && !slots.has(body.stratum)) say(`the trial has no stratum ${body.stratum}`);
  if (body.kind !== "void") return;
  if (voided.has(body.person)) say(`the allocation of ${body.person} was voided before`);
  if (body.second === body.actor) say("one person alone voided an allocation");
  voided.add(body.person);
}

function checkArms(genesis, entries, shares, fault) {
  const { config, commits, packets } = genesis;
  const secrets = ROLES.map((role) => Buffer.from(String(shares[role] ?? ""), "hex"));
  const committed = ROLES.filter((role, place) => {
    const same = secrets[place].length === 32 && commitment(role, config.trial, secrets[place]) === commits?.[role];
    if (!same) fault(null, `the secret share of ${role} is not the one ${role} committed to`);
    return same;
  });
  if (committed.length < ROLES.length) return 0; // without the true shares every arm would look wrong
  const key = master(config, ...secrets);
  const strata = new Map(config.strata.map((name) => [name, new Stratum(stratumKey(key, config, name), config)]));
  for (const [name, stratum] of strata) {
    for (let epoch = 0; epoch < config.epochs; epoch += 1) {
      const named = packets?.[name]?.[epoch];
      if (named !== packetHash(packet(stratum.key, config, epoch))) fault(0, `the packet of ${name}, epoch ${epoch}, is not made from the shares`);
    }
  }
  let replayed = 0;
  entries.forEach(({ entry: body }, seq) => {
    if (body.kind !== "allocation" || !strata.has(body.stratum)) return;
    const arm = strata.get(body.stratum).next(body.token);
    replayed += 1;
    if (arm !== body.arm) fault(seq, `its arm is ${body.arm}; the draw gives ${arm}`);
  });
  return replayed;
}

function checkAnchor(entries, { seq, hash: held }, fault) {
  if (!Number.isSafeInteger(seq) || seq < 0) fault(null, 'an anchor is not written as {"seq": 299, "hash": "…"}');
  else if (!entries[seq]) fault(seq, `an anchor vouches for it and the chain ends at entry ${entries.length - 1}: its end was cut off`);
  else if (entries[seq].hash !== held) fault(seq, "it is not the one the anchor vouches for");
}

function checkAnchors(entries, anchors, fault) {
  for (const anchor of anchors) checkAnchor(entries, anchor, fault);
  return anchors.length;
}

function checkReceipts(entries, receipts, fault) {
  const allocated = new Map(entries.filter(({ entry }) => entry.kind === "allocation").map((each) => [each.entry.person, each]));
  for (const receipt of receipts) {
    if (receipt.entry) {
      const { seq } = receipt.entry; // a whole entry, as the evaluator gets it
      checkAnchor(entries, { seq, hash: receipt.hash }, fault);
      const altered = entries[seq]?.hash === receipt.hash && entryHash(receipt.entry) !== receipt.hash;
      if (altered) fault(seq, "a copy held outside has its hash and says something else: that copy was altered");
      continue;
    }
    const found = allocated.get(receipt.person);
    if (!found) {
      fault(null, `${receipt.person} holds a receipt and has no allocation on the chain`);
      continue;
    }
    const expected = { trial: found.entry.trial, code: checkCode(found.hash), utc: found.entry.utc };
    const wrong = Object.keys(expected).filter((name) => receipt[name] !== expected[name]);
    if (wrong.length) fault(found.entry.seq, `the receipt of ${receipt.person} has another ${wrong.join(" and ")}`);
  }
  return receipts.length;
}

// --- The command ------------------------------------------------------------------------------------------------

class Usage extends Error {}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Usage(`${path}: cannot be read as JSON (${error.message}).`);
  }
}

function readBundle(path) {
  const bundle = readJson(path);
  if (bundle?.format !== FORMAT) throw new Usage(`${path}: is not a trial's bundle of format ${FORMAT}.`);
  const shaped = (one) => one !== null && typeof one?.entry === "object" && one.entry !== null && typeof one.hash === "string";
  if (!Array.isArray(bundle.entries) || !bundle.entries.every(shaped)) throw new Usage(`${path}: its entries are not entries.`);
  return bundle;
}

function readArguments(given) {
  const [path, ...rest] = given;
  const files = {};
  while (rest.length > 1 && ["--anchors", "--receipts", "--shares"].includes(rest[0])) {
    const [option, file] = rest.splice(0, 2);
    files[option.slice(2)] = readJson(file);
  }
  if (!path || path.startsWith("--") || rest.length) {
    throw new Usage("Usage: node verify.mjs bundle.json [--anchors FILE] [--receipts FILE] [--shares FILE]");
  }
  const bundle = readBundle(path);
  const both = (name) => {
    const all = [bundle[name] ?? [], files[name] ?? []].flat(); // a file may hold one alone
    if (!all.every((one) => one !== null && typeof one === "object")) throw new Usage(`The ${name} are not a list of objects.`);
    return all;
  };
  return { ...bundle, anchors: both("anchors"), receipts: both("receipts"), shares: files.shares ?? bundle.shares };
}

function main(given) {
  const bundle = readArguments(given);
  const { faults, done } = verify(bundle);
  console.log(`trial ${bundle.trial}: ${bundle.entries.length} entries\n`);
  for (const { name, count, faults: found } of done) {
    console.log(`${name.padEnd(24)}${String(count).padStart(7)}  ${found ? `${found} faults` : "no fault"}`);
  }
  if (!bundle.shares) console.log(`${"arms replayed".padEnd(24)}      -  not possible before both shares are published`);
  console.log(`genesis entry ${bundle.entries[0]?.hash ?? "none"}: is it the one that was signed?`);
  const own = createHash("sha256").update(readFileSync(fileURLToPath(import.meta.url))).digest("hex");
  if (bundle.entries[0]?.entry?.config?.verifier !== own) console.log("\nNote: the trial named another edition of this program.");
  for (const fault of faults) console.log(fault);
  return faults.length ? 1 : 0;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
