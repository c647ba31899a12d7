/** Does things a few at a time. */

/**
 * Does `act` for every item, at most `atOnce` at a time, in order; its result once all are done.
 *
 * The first failure ends what runs (through the signal that `act` is given) and is thrown once all has stopped.
 */
export async function doInParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  signal: AbortSignal,
  act: (item: Item, signal: AbortSignal) => Promise<void>
): Promise<void> {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const waiting = items.values();
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const item of waiting) {
      try {
        both.throwIfAborted();
        await act(item, both);
      } catch (error) {
        failures.push(error);
        stop.abort();
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  if (failures.length > 0) {
    throw failures[0];
  }
}
