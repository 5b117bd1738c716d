// Signing in against this desk's own server: the code grant with PKCE (RFC 6749, 7636). A browser registers once
// and remembers what it was registered as.
import { ask, Failure } from "../api/client";
import type { CredentialAccount } from "../api/types";
import { challengeOf, randomText } from "./pkce";
import { t } from "../texts/texts.svelte";
import { session } from "./session.svelte";

const SCOPES = "read write follow push";
// For whoever looks after the server, when she comes to the operator's page.
export const OPERATOR_SCOPES = `${SCOPES} admin:read admin:write`;
const APP = "desk.app";
const PENDING = "desk.signing-in";
export const CALLBACK = "/desk/signed-in";

interface Pending {
  verifier: string;
  state: string;
  returnTo: string;
  scopes?: string; // absent: the usual ones
}

const redirectUri = () => location.origin + CALLBACK;

// Of the OAuth door (RFC 6749, RFC 7591), which is none of the entities.
interface Application {
  client_id: string;
  client_secret: string;
}
interface TokenEntity {
  access_token: string;
  scope: string;
}

// A registration holds for the scopes that it was made with.
const keyOf = (scopes: string) => (scopes === SCOPES ? APP : `${APP}.operator`);

async function register(scopes: string): Promise<Application> {
  const kept = localStorage.getItem(keyOf(scopes));
  if (kept) return JSON.parse(kept) as Application;
  const app = await ask<Application>("POST", "/api/v1/apps", {
    body: { client_name: "Posy desk", redirect_uris: redirectUri(), scopes, website: location.origin },
  });
  localStorage.setItem(keyOf(scopes), JSON.stringify({ client_id: app.client_id, client_secret: app.client_secret }));
  return app;
}

export async function startSignIn(returnTo: string, scopes = SCOPES): Promise<void> {
  // Browsers have no digests (and no locks) for pages that came over plain http from elsewhere.
  if (!isSecureContext) throw new Failure(400, t("signIn.insecure"));
  const app = await register(scopes);
  const pending: Pending = { verifier: randomText(), state: randomText(16), returnTo, scopes };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const query = new URLSearchParams({
    response_type: "code", client_id: app.client_id, redirect_uri: redirectUri(), scope: scopes,
    state: pending.state, code_challenge: await challengeOf(pending.verifier), code_challenge_method: "S256",
  });
  location.assign("/oauth/authorize?" + query.toString());
}

// At the address that the server sends back to. Answers where she was before.
export async function finishSignIn(query: URLSearchParams): Promise<string> {
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? "null") as Pending | null;
  sessionStorage.removeItem(PENDING);
  const code = query.get("code");
  if (!pending || pending.state !== query.get("state") || !code) throw new Failure(400, query.get("error") ?? "");
  const scopes = pending.scopes ?? SCOPES;
  const app = await register(scopes);
  const token = await ask<TokenEntity>("POST", "/oauth/token", {
    body: {
      grant_type: "authorization_code", client_id: app.client_id, client_secret: app.client_secret,
      redirect_uri: redirectUri(), code, code_verifier: pending.verifier,
    },
  }).catch((error: unknown) => {
    // The server no longer knows this browser's registration: the next try makes a new one.
    if (error instanceof Failure && error.status === 401) localStorage.removeItem(keyOf(scopes));
    throw error;
  });
  const kept = { token: token.access_token, clientId: app.client_id, clientSecret: app.client_secret, accountId: "" };
  if (session.kept) await revoke(session.kept); // this browser has one session
  session.open(kept);
  const me = await ask<CredentialAccount>("GET", "/api/v1/accounts/verify_credentials");
  session.open({ ...kept, accountId: me.id });
  session.me = me;
  return pending.returnTo;
}

// Not reached: the token ends here all the same, and at the server with the next change of password.
async function revoke(kept: { clientId: string; clientSecret: string; token: string }): Promise<void> {
  await ask("POST", "/oauth/revoke", {
    body: { client_id: kept.clientId, client_secret: kept.clientSecret, token: kept.token },
  }).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
  });
}

export async function signOut(): Promise<void> {
  if (session.kept) await revoke(session.kept);
  session.close();
  if ("caches" in window) for (const name of await caches.keys()) if (name !== "desk-shell") await caches.delete(name);
}
