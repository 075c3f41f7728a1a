/**
 * Runs at once when it is wanted, and again after `everyMs` at the earliest, however often it is
 * wanted meanwhile.
 *
 * @param run false: it could not be done now, and is tried again after `everyMs`
 */
export function paced(run: () => boolean, everyMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  const go = () => {
    timer = undefined;
    if (!isWanted) return;
    isWanted = !run();
    timer = setTimeout(go, everyMs);
  };
  return {
    want() {
      isWanted = true;
      if (timer === undefined) go();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      isWanted = false;
    },
  };
}
