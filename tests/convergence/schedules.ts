/**
 * Schedules for fast-check: as many steps as asked for, and shrinking by leaving out stretches of them, long ones first.
 * A step means the same without those before it, so a story of forty steps soon is one of four.
 */
import fc from 'fast-check';
import type { Schedule } from './run.ts';
import { step, type Step } from './steps.ts';

class Schedules extends fc.Arbitrary<Schedule> {
  readonly #steps: fc.Arbitrary<Step[]>;

  constructor(steps: number) {
    super();
    this.#steps = fc.array(step, { minLength: steps, maxLength: steps });
  }

  override generate(random: fc.Random): fc.Value<Schedule> {
    const seed = random.nextInt(0, 2 ** 31 - 1);
    const offices = random.nextInt(1, 2);
    const { value: steps } = this.#steps.generate(random, undefined);
    return new fc.Value({ seed, offices, steps }, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Schedule {
    return typeof value === 'object' && value !== null && 'steps' in value;
  }

  override shrink(schedule: Schedule): fc.Stream<fc.Value<Schedule>> {
    return fc.stream(smaller(schedule));
  }
}

function* smaller(schedule: Schedule): Generator<fc.Value<Schedule>> {
  const { steps, offices } = schedule;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < steps.length; from += size) {
      const left = [...steps.slice(0, from), ...steps.slice(from + size)];
      yield new fc.Value({ ...schedule, steps: left }, undefined);
    }
  }
  if (offices > 1) yield new fc.Value({ ...schedule, offices: 1 }, undefined);
}

export const schedules = (steps: number): fc.Arbitrary<Schedule> => new Schedules(steps);
