/** Before the journeys begin: the demo city is made once, instead of by every worker at the same moment. */
import { demoCity } from './demo-city.ts';

export default async function begin(): Promise<void> {
  await (await demoCity())[Symbol.asyncDispose]();
}
