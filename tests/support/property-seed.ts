/**
 * Properties draw the same examples in every run, so that a red check is about the change and not about the day.
 * `PROPERTY_SEED=N` draws others: to look further, and to see a failure again.
 */
import fc from 'fast-check';

const given = process.env.PROPERTY_SEED;
const seed = given === undefined ? 20_261_125 : Number(given);
if (!Number.isInteger(seed)) throw new Error(`PROPERTY_SEED has to be a whole number, not ${given}`);
fc.configureGlobal({ seed });
