import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Call, Calls } from './calls.js';
import { expectRefusal, flipping, hostile, wrongArguments } from './hostile.js';

/** What a call gave, or how it refused. */
interface Outcome {
  readonly value?: unknown;
  readonly error?: unknown;
}

export async function outcome({ call }: Call, args: readonly unknown[]): Promise<Outcome> {
  try {
    return { value: await call(...(args as never[])) };
  } catch (error) {
    return { error };
  }
}

/** Called after each hostile call, with what came of it. */
type Check = (outcome: Outcome) => unknown;

async function checkOutcome(name: string, one: Call, args: readonly unknown[], check: Check) {
  const found = await outcome(one, args);
  if (found.error) expectRefusal(found.error, one.names ?? [name]);
  await check(found);
}

/** Calls with wrong arguments. Whatever is refused must be refused in one sentence. */
export async function callWrongly(name: string, one: Call, numRuns: number, check: Check) {
  const property = fc.asyncProperty(wrongArguments(one.args), (make) =>
    checkOutcome(name, one, make(), check),
  );
  await fc.assert(property, { numRuns });
}

/** Calls with arguments that are right when they are read first, and hostile later. */
export async function callFlipping(name: string, one: Call, numRuns: number, check: Check) {
  const property = fc.asyncProperty(hostile, (later) => {
    const args = one.args.map((arg) => flipping(arg, later()));
    return checkOutcome(name, one, args, check);
  });
  await fc.assert(property, { numRuns });
}

/** All that calls may change. */
export interface World {
  /** Makes it what it was at first. */
  restore(): void;
  /** As it is now, to be compared. */
  contents(): unknown;
}

/** Tests that hostile calls change nothing where they are refused, and else what right ones do. */
export function itHoldsAgainst(calls: Calls, { restore, contents }: World): void {
  it.each(Object.entries(calls))(
    '%s refuses what is wrong in one sentence, and leaves all as it was',
    async (name, one) => {
      restore();
      const untouched = await contents();
      await callWrongly(name, one, 60, async ({ error }) => {
        if (error) expect(await contents()).toEqual(untouched);
        else restore();
      });
    },
  );

  it.each(Object.entries(calls))('%s does what it has checked', async (name, one) => {
    restore();
    const untouched = await contents();
    expect((await outcome(one, one.args)).error).toBeUndefined();
    const expected = await contents();
    restore();
    await callFlipping(name, one, 10, async ({ error }) => {
      expect(await contents()).toEqual(error ? untouched : expected);
      // What is remembered of the last run is what was checked, too.
      restore();
      await outcome(one, one.args);
      expect(await contents()).toEqual(expected);
      restore();
    });
  });
}
