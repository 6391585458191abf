// Encoders and hashes of Node.js. Input: lines of JSON, `{op, data}` with data in base64. Output: lines of base64.
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import * as zlib from "node:zlib";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const Z85 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
const text = (data) => data.toString("utf8");
const codes = (data) => Array.from(text(data)).map((letter) => letter.codePointAt(0));
const units = (data) => text(data).split("").map((unit) => unit.charCodeAt(0));
const padded = (number, digits) => number.toString(16).padStart(digits, "0");

function base58(data) {
  let number = BigInt("0x" + (data.toString("hex") || "0"));
  let out = "";
  for (; number > 0n; number /= 58n) out = BASE58[Number(number % 58n)] + out;
  for (const byte of data) {
    if (byte !== 0) break;
    out = "1" + out;
  }
  return out;
}

function base32(data) {
  const bits = Array.from(data).map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  const out = groups.map((bits) => BASE32[parseInt(bits.padEnd(5, "0"), 2)]).join("");
  return out.padEnd(Math.ceil(out.length / 8) * 8, "=");
}

function z85(data) {
  const whole = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
  let out = "";
  for (let at = 0; at < whole.length; at += 4) {
    let number = whole.readUInt32BE(at);
    let group = "";
    for (let digit = 0; digit < 5; digit++, number = Math.floor(number / 85)) group = Z85[number % 85] + group;
    out += group;
  }
  return out;
}

const M64 = (1n << 64n) - 1n;
const rotated = (x, by) => ((x << by) | (x >> (64n - by))) & M64;
function mixed(k) {
  k ^= k >> 33n;
  k = (k * 0xff51afd7ed558ccdn) & M64;
  k ^= k >> 33n;
  k = (k * 0xc4ceb9fe1a85ec53n) & M64;
  return k ^ (k >> 33n);
}

function murmur(data) {
  const c1 = 0x87c37b91114253d5n, c2 = 0x4cf5ad432745937fn;
  const blocks = Math.floor(data.length / 16);
  let h1 = 0n, h2 = 0n;
  const scrambled1 = (k) => (rotated((k * c1) & M64, 31n) * c2) & M64;
  const scrambled2 = (k) => (rotated((k * c2) & M64, 33n) * c1) & M64;
  for (let block = 0; block < blocks; block++) {
    h1 ^= scrambled1(data.readBigUInt64LE(block * 16));
    h1 = (((rotated(h1, 27n) + h2) & M64) * 5n + 0x52dce729n) & M64;
    h2 ^= scrambled2(data.readBigUInt64LE(block * 16 + 8));
    h2 = (((rotated(h2, 31n) + h1) & M64) * 5n + 0x38495ab5n) & M64;
  }
  const tail = Buffer.alloc(16);
  data.copy(tail, 0, blocks * 16);
  const rest = data.length % 16;
  if (rest > 8) h2 ^= scrambled2(tail.readBigUInt64LE(8));
  if (rest > 0) h1 ^= scrambled1(tail.readBigUInt64LE(0));
  h1 ^= BigInt(data.length);
  h2 ^= BigInt(data.length);
  h1 = (h1 + h2) & M64;
  h2 = (h2 + h1) & M64;
  h1 = mixed(h1);
  h2 = mixed(h2);
  h1 = (h1 + h2) & M64;
  h2 = (h2 + h1) & M64;
  return Buffer.from(padded(h1, 16) + padded(h2, 16), "hex");
}

const OPS = {
  "percent": (data) => encodeURIComponent(text(data)),
  "percent-all": (data) => data.toString("hex").replace(/../g, "%$&"),
  "js-escape": (data) => escape(text(data)),
  "json": (data) => JSON.stringify(text(data)),
  "js-u": (data) => units(data).map((unit) => "\\u" + padded(unit, 4)).join(""),
  "js-u-upper": (data) => units(data).map((unit) => "\\u" + padded(unit, 4).toUpperCase()).join(""),
  "js-u-braces": (data) => codes(data).map((code) => `\\u{${code.toString(16)}}`).join(""),
  "js-x": (data) => units(data).map((unit) => (unit < 256 ? "\\x" + padded(unit, 2) : "\\u" + padded(unit, 4))).join(""),
  "html-decimal": (data) => codes(data).map((code) => `&#${code};`).join(""),
  "html-hex": (data) => codes(data).map((code) => `&#x${code.toString(16)};`).join(""),
  "html-hex-padded": (data) => codes(data).map((code) => `&#X${padded(code, 6).toUpperCase()};`).join(""),
  "base16": (data) => data.toString("hex"),
  "base16-upper": (data) => data.toString("hex").toUpperCase(),
  "base32": base32,
  "base32-unpadded": (data) => base32(data).replace(/=+$/, ""),
  "base64": (data) => data.toString("base64"),
  "base64url": (data) => data.toString("base64url"),
  "base64-unpadded": (data) => data.toString("base64").replace(/=+$/, ""),
  "base64-binary": (data) => btoa(unescape(encodeURIComponent(text(data)))),
  "base58": base58,
  "z85": z85,
  "jwt": (data) => {
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const body = `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: text(data), iat: 1700000000 })}`;
    return `${body}.${createHash("sha256").update(body).digest("base64url")}`;
  },
  "utf-16le": (data) => Buffer.from(text(data), "utf16le"),
  "utf-16be": (data) => Buffer.from(text(data), "utf16le").swap16(),
  "utf-16le-bom": (data) => Buffer.from("\ufeff" + text(data), "utf16le"),
  "gzip": (data) => zlib.gzipSync(data),
  "zlib": (data) => zlib.deflateSync(data),
  "zlib-best": (data) => zlib.deflateSync(data, { level: 9 }),
  "zlib-fast": (data) => zlib.deflateSync(data, { level: 1 }),
  "zstd": (data) => zlib.zstdCompressSync(data),
  "deflate": (data) => zlib.deflateRawSync(data),
  "brotli": (data) => zlib.brotliCompressSync(data),
  "murmur3-128": murmur,
};

for await (const line of createInterface({ input: process.stdin })) {
  const { op, data } = JSON.parse(line);
  const input = Buffer.from(data, "base64");
  const out = op.startsWith("hash:") ? createHash(op.slice(5)).update(input).digest() : OPS[op](input);
  process.stdout.write(Buffer.from(out).toString("base64") + "\n");
}
