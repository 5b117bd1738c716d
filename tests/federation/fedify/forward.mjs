// An activity of one person that carries a proof of its own (FEP-8b32, eddsa-jcs-2022), sent with the HTTP signature
// of another one. A forged proof names the author's key, and is made with the other one's.
import { SendActivityError } from "@fedify/fedify";

export async function forward(ctx, { create, who, by, told, isForged }) {
  const [, author] = await ctx.getActorKeyPairs(who);
  const [sender, other] = await ctx.getActorKeyPairs(by);
  const proving = { keyId: author.multikey.id, privateKey: (isForged ? other : author).privateKey };
  const signing = { keyId: sender.keyId, privateKey: sender.privateKey };
  try {
    await ctx.sendActivity([signing, proving], told, create);
    return { isTaken: true, answer: "" };
  } catch (error) {
    if (!(error instanceof SendActivityError)) throw error;
    return { isTaken: false, answer: error.responseBody };
  }
}
