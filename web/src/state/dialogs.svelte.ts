// The one dialog that may stand over the page, and the post or person that it is about.
import type { Account, Status } from "../api/types";

export type PostDialog = "delete" | "edits" | "delivery" | "report";
export type AccountDialog = "reportAccount" | "block" | "mute" | "lists";
interface Open {
  kind: PostDialog | AccountDialog;
  account: Account;
  post?: Status;
}

class Dialogs {
  now = $state.raw<Open | null>(null);

  open(kind: PostDialog, post: Status): void {
    this.now = { kind, post, account: post.account };
  }
  about(kind: AccountDialog, account: Account): void {
    this.now = { kind, account };
  }
  close = (): void => {
    this.now = null;
  };
}

export const dialogs = new Dialogs();
