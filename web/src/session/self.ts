// The account of whoever sits at the desk, loaded when it is not there yet.
import { read } from "../api/client";
import type { CredentialAccount } from "../api/types";
import { session } from "./session.svelte";

export const self = (): Promise<CredentialAccount> =>
  session.self(() => read<CredentialAccount>("/api/v1/accounts/verify_credentials"));
