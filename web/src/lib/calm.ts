// Work that many things ask for, done at most once in a while: at once when nothing was done of late, else at the end of
// the pause, once for all who asked meanwhile.
export function calmly(work: () => void, pause: number): () => void {
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    if (timer !== undefined) return;
    const run = () => {
      timer = undefined;
      last = Date.now();
      work();
    };
    const wait = last + pause - Date.now();
    if (wait <= 0) run();
    else timer = setTimeout(run, wait);
  };
}
