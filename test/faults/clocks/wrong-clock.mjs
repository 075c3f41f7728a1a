// `node --import …/wrong-clock.mjs` with CLOCK_OFF_BY_MS set: the clock of this process is wrong by
// so much, as that of a machine whose time nobody keeps. What counts spans (performance.now, timers)
// goes right, as the kernel's monotonic clock would.

const offByMs = Number(process.env.CLOCK_OFF_BY_MS ?? 0);
const RightDate = Date;
const wrongNow = () => RightDate.now() + offByMs;

globalThis.Date = new Proxy(RightDate, {
  apply: () => new RightDate(wrongNow()).toString(),
  construct: (target, given, asked) =>
    Reflect.construct(target, given.length === 0 ? [wrongNow()] : given, asked),
  get: (target, name) => (name === 'now' ? wrongNow : Reflect.get(target, name)),
});
