// A push service and the app behind it in one: takes what is pushed to it, opens it, and prints a line of JSON for each.
// The first line says where it listens and with what key. The path names the status that it answers with: /201/anna.
import crypto from "node:crypto";
import http from "node:http";
import ece from "http_ece";

const ecdh = crypto.createECDH("prime256v1");
ecdh.generateKeys();
const auth = crypto.randomBytes(16);
const say = (what) => process.stdout.write(JSON.stringify(what) + "\n");

const parameter = (header, name) => new RegExp(`(?:^|[;, ])${name}=([^;, ]+)`).exec(header ?? "")?.[1];

function opened(headers, body) {
  const common = { privateKey: ecdh, authSecret: auth };
  if (headers["content-encoding"] === "aes128gcm") return ece.decrypt(body, { ...common, version: "aes128gcm" });
  const dh = parameter(headers["crypto-key"], "dh");
  return ece.decrypt(body, { ...common, version: "aesgcm", dh, salt: parameter(headers.encryption, "salt") });
}

// The claims of the sender, if she has signed them with the key that she names.
function claims(headers) {
  const standard = headers.authorization.startsWith("vapid ");
  const token = standard ? parameter(headers.authorization, "t") : headers.authorization.split(" ")[1];
  const point = Buffer.from(parameter(standard ? headers.authorization : headers["crypto-key"], standard ? "k" : "p256ecdsa"), "base64url");
  const key = crypto.createPublicKey({ format: "jwk", key: {
    kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") } });
  const [head, payload, signature] = token.split(".");
  const holds = crypto.verify("sha256", Buffer.from(`${head}.${payload}`), { key, dsaEncoding: "ieee-p1363" },
                              Buffer.from(signature, "base64url"));
  return { holds, point: point.toString("base64url"), ...JSON.parse(Buffer.from(payload, "base64url")) };
}

const server = http.createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const [, status, name] = request.url.split("/");
    try {
      const body = Buffer.concat(parts);
      // The message as text: its id is too large for a number of JavaScript's.
      say({ name, encoding: request.headers["content-encoding"], ttl: request.headers.ttl, size: body.length,
            claims: claims(request.headers), message: opened(request.headers, body).toString() });
    } catch (error) {
      say({ name, error: String(error.stack) });
    }
    response.writeHead(Number(status)).end("x".repeat(status === "201" ? 100_000 : 0));
  });
});
server.listen(0, "127.0.0.1", () => say({
  port: server.address().port, p256dh: ecdh.getPublicKey().toString("base64url"), auth: auth.toString("base64url") }));
