// The time that "3 minutes ago" is counted from.
const TICK_MS = 30_000;

class NowClock {
  now = $state(Date.now());
  constructor() {
    setInterval(() => (this.now = Date.now()), TICK_MS);
  }
}

export const clock = new NowClock();
